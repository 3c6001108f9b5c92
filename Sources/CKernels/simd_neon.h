// Vectors of 4 floats. CK_TARGET names what is used beyond the instructions that all have.
#ifndef CK_SIMD_NEON_H
#define CK_SIMD_NEON_H

#include <arm_neon.h>

#include "internal.h"

typedef float32x4_t vfloat;
enum { LANES = 4 };

CK_INLINE CK_TARGET float32x4_t load_first(const float *x, intptr_t count) {
  if (count >= 4) return vld1q_f32(x);
  float lanes[4] = {0};
  for (intptr_t i = 0; i < count; i++) lanes[i] = x[i];
  return vld1q_f32(lanes);
}

CK_INLINE CK_TARGET void store_first(float *x, intptr_t count, float32x4_t value) {
  if (count >= 4) {
    vst1q_f32(x, value);
    return;
  }
  float lanes[4];
  vst1q_f32(lanes, value);
  for (intptr_t i = 0; i < count; i++) x[i] = lanes[i];
}

// The first `count` lanes of x, zero elsewhere.
CK_INLINE CK_TARGET float32x4_t keep_first(float32x4_t x, intptr_t count) {
  if (count >= 4) return x;
  const uint32x4_t lane = {0, 1, 2, 3};
  const uint32x4_t mask = vcltq_u32(lane, vdupq_n_u32(count < 0 ? 0 : (uint32_t)count));
  return vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(x), mask));
}

CK_INLINE CK_TARGET float32x4_t exp_of(float32x4_t x) {
  x = vmaxq_f32(x, vdupq_n_f32(CK_EXP_LOWEST));
  x = vminq_f32(x, vdupq_n_f32(CK_EXP_HIGHEST));
  const float32x4_t n = vrndnq_f32(vmulq_f32(x, vdupq_n_f32(CK_LOG2E)));
  float32x4_t r = vfmsq_f32(x, n, vdupq_n_f32(CK_LN2_HIGH));
  r = vfmsq_f32(r, n, vdupq_n_f32(CK_LN2_LOW));
  float32x4_t p = vdupq_n_f32(CK_EXP4);
  p = vfmaq_f32(vdupq_n_f32(CK_EXP3), p, r);
  p = vfmaq_f32(vdupq_n_f32(CK_EXP2), p, r);
  p = vfmaq_f32(vdupq_n_f32(CK_EXP1), p, r);
  p = vfmaq_f32(vdupq_n_f32(CK_EXP0), p, r);
  p = vfmaq_f32(r, p, vmulq_f32(r, r));
  const int32x4_t exponent = vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127));
  return vmulq_f32(vaddq_f32(p, vdupq_n_f32(1)),
                   vreinterpretq_f32_s32(vshlq_n_s32(exponent, 23)));
}

// exp(x), and 0 where that would be no normal number.
CK_INLINE CK_TARGET vfloat power_of(vfloat x) {
  const uint32x4_t unseen = vcltq_f32(x, vdupq_n_f32(CK_EXP_LOWEST));
  return vreinterpretq_f32_u32(vbicq_u32(vreinterpretq_u32_f32(exp_of(x)), unseen));
}

CK_INLINE CK_TARGET vfloat v_set(float x) { return vdupq_n_f32(x); }
CK_INLINE CK_TARGET vfloat v_load(const float *x) { return vld1q_f32(x); }
CK_INLINE CK_TARGET void v_store(float *x, vfloat v) { vst1q_f32(x, v); }
CK_INLINE CK_TARGET vfloat v_add(vfloat a, vfloat b) { return vaddq_f32(a, b); }
CK_INLINE CK_TARGET vfloat v_sub(vfloat a, vfloat b) { return vsubq_f32(a, b); }
CK_INLINE CK_TARGET vfloat v_mul(vfloat a, vfloat b) { return vmulq_f32(a, b); }
CK_INLINE CK_TARGET vfloat v_div(vfloat a, vfloat b) { return vdivq_f32(a, b); }
// a · b + c.
CK_INLINE CK_TARGET vfloat v_fma(vfloat a, vfloat b, vfloat c) { return vfmaq_f32(c, a, b); }
// The greater; b where a is no number.
CK_INLINE CK_TARGET vfloat v_max(vfloat a, vfloat b) { return vmaxnmq_f32(a, b); }
CK_INLINE CK_TARGET vfloat v_min(vfloat a, vfloat b) { return vminnmq_f32(a, b); }
CK_INLINE CK_TARGET vfloat v_sqrt(vfloat x) { return vsqrtq_f32(x); }
CK_INLINE CK_TARGET float sum_of(vfloat x) { return vaddvq_f32(x); }
CK_INLINE CK_TARGET float max_of(vfloat x) { return vmaxvq_f32(x); }
CK_INLINE CK_TARGET float first_of(vfloat x) { return vgetq_lane_f32(x, 0); }

CK_INLINE CK_TARGET vfloat load_half(const void *x) {
  uint16x4_t bits;
  __builtin_memcpy(&bits, x, sizeof bits);
  return vcvt_f32_f16(vreinterpret_f16_u16(bits));
}

CK_INLINE CK_TARGET void store_half(uint16_t *x, vfloat v) {
  vst1_u16(x, vreinterpret_u16_f16(vcvt_f16_f32(v)));
}

// Both are computed before what is loaded next: a compiler that loads far ahead runs out of
// registers.
#define CK_PIN(a, b) __asm__ volatile("" : "+w"(a), "+w"(b) : : "memory")

#endif

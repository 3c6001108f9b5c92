// Vectors of 16 floats. CK_TARGET names the instruction set.
#ifndef CK_SIMD_AVX512_H
#define CK_SIMD_AVX512_H

#include <immintrin.h>

#include "internal.h"

typedef __m512 vfloat;
enum { LANES = 16 };

CK_INLINE CK_TARGET __mmask16 mask_of(intptr_t count) {
  return count >= 16 ? 0xffff : count <= 0 ? 0 : (__mmask16)((1u << count) - 1);
}

CK_INLINE CK_TARGET __m512 exp_of(__m512 x) {
  x = _mm512_max_ps(x, _mm512_set1_ps(CK_EXP_LOWEST));
  x = _mm512_min_ps(x, _mm512_set1_ps(CK_EXP_HIGHEST));
  const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(CK_LOG2E)),
                                        _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(CK_LN2_HIGH), x);
  r = _mm512_fnmadd_ps(n, _mm512_set1_ps(CK_LN2_LOW), r);
  __m512 p = _mm512_set1_ps(CK_EXP4);
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(CK_EXP3));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(CK_EXP2));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(CK_EXP1));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(CK_EXP0));
  p = _mm512_fmadd_ps(p, _mm512_mul_ps(r, r), r);
  return _mm512_scalef_ps(_mm512_add_ps(p, _mm512_set1_ps(1)), n);
}

// exp(x), and 0 where that would be no normal number.
CK_INLINE CK_TARGET vfloat power_of(vfloat x) {
  const __mmask16 seen = _mm512_cmp_ps_mask(x, _mm512_set1_ps(CK_EXP_LOWEST), _CMP_NLT_UQ);
  return _mm512_maskz_mov_ps(seen, exp_of(x));
}

CK_INLINE CK_TARGET vfloat v_set(float x) { return _mm512_set1_ps(x); }
CK_INLINE CK_TARGET vfloat v_load(const float *x) { return _mm512_loadu_ps(x); }
CK_INLINE CK_TARGET void v_store(float *x, vfloat v) { _mm512_storeu_ps(x, v); }
CK_INLINE CK_TARGET vfloat v_add(vfloat a, vfloat b) { return _mm512_add_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_sub(vfloat a, vfloat b) { return _mm512_sub_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_mul(vfloat a, vfloat b) { return _mm512_mul_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_div(vfloat a, vfloat b) { return _mm512_div_ps(a, b); }
// a · b + c.
CK_INLINE CK_TARGET vfloat v_fma(vfloat a, vfloat b, vfloat c) { return _mm512_fmadd_ps(a, b, c); }
// The greater; b where a is no number.
CK_INLINE CK_TARGET vfloat v_max(vfloat a, vfloat b) { return _mm512_max_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_min(vfloat a, vfloat b) { return _mm512_min_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_sqrt(vfloat x) { return _mm512_sqrt_ps(x); }
CK_INLINE CK_TARGET float sum_of(vfloat x) { return _mm512_reduce_add_ps(x); }
CK_INLINE CK_TARGET float max_of(vfloat x) { return _mm512_reduce_max_ps(x); }
CK_INLINE CK_TARGET float first_of(vfloat x) { return _mm512_cvtss_f32(x); }

// The first `count` lanes of x, zero elsewhere.
CK_INLINE CK_TARGET vfloat keep_first(vfloat x, intptr_t count) {
  return _mm512_maskz_mov_ps(mask_of(count), x);
}

CK_INLINE CK_TARGET vfloat load_first(const float *x, intptr_t count) {
  return _mm512_maskz_loadu_ps(mask_of(count), x);
}

CK_INLINE CK_TARGET void store_first(float *x, intptr_t count, vfloat v) {
  _mm512_mask_storeu_ps(x, mask_of(count), v);
}

CK_INLINE CK_TARGET vfloat load_half(const void *x) {
  return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)x));
}

CK_INLINE CK_TARGET void store_half(uint16_t *x, vfloat v) {
  _mm256_storeu_si256((__m256i *)x,
                      _mm512_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}

// Both are computed before what is loaded next: a compiler that loads far ahead runs out of
// registers.
#define CK_PIN(a, b) __asm__ volatile("" : "+v"(a), "+v"(b) : : "memory")

#endif

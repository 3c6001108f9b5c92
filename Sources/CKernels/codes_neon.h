// Codes of quantised weights in NEON registers, with and without the dot-product instructions.
#ifndef CK_CODES_NEON_H
#define CK_CODES_NEON_H

typedef int32x4_t vint;
typedef int8x16_t vbytes;
typedef int8x16_t codes8;
typedef int8x16_t codes4;

CK_INLINE CK_TARGET vbytes broadcast4(const int8_t *x) {
  int32_t four;
  __builtin_memcpy(&four, x, 4);
  return vreinterpretq_s8_s32(vdupq_n_s32(four));
}

CK_INLINE CK_TARGET vint start8(int32_t start) {
  (void)start;
  return vdupq_n_s32(0);
}

CK_INLINE CK_TARGET vint start4(void) { return vdupq_n_s32(0); }

// The stored code + 128 as the signed code itself.
CK_INLINE CK_TARGET codes8 load_codes8(const uint8_t *p) {
  return vreinterpretq_s8_u8(veorq_u8(vld1q_u8(p), vdupq_n_u8(0x80)));
}

CK_INLINE CK_TARGET void load_codes4(const uint8_t *p, codes4 *low, codes4 *high) {
  const uint8x16_t both = vld1q_u8(p);
  *low = vreinterpretq_s8_u8(vandq_u8(both, vdupq_n_u8(15)));
  *high = vreinterpretq_s8_u8(vshrq_n_u8(both, 4));
}

CK_INLINE CK_TARGET vint finish4(vint sum) { return sum; }
CK_INLINE CK_TARGET vfloat to_float(vint sum) { return vcvtq_f32_s32(sum); }

#endif

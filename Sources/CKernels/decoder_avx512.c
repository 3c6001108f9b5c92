#if defined(__x86_64__)

#define CK_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")))
#include "simd_avx512.h"

#define Q_ROWS 4
#define F_ROWS 12
#define F_VECTORS 2

typedef __m512i vint;
typedef __m512i vbytes;
// Magnitudes and where the sign is negative: products of an unsigned and a signed byte, two of
// which fit 16 bits as |code| ≤ 128 and |activation| ≤ 127.
typedef struct codes8 {
  __m512i magnitude;
  __mmask64 negative;
} codes8;
typedef __m512i codes4;

CK_INLINE CK_TARGET vbytes broadcast4(const int8_t *x) {
  int32_t four;
  __builtin_memcpy(&four, x, 4);
  return _mm512_set1_epi32(four);
}

CK_INLINE CK_TARGET vint start8(int32_t start) {
  (void)start;
  return _mm512_setzero_si512();
}

CK_INLINE CK_TARGET vint start4(void) { return _mm512_setzero_si512(); }

CK_INLINE CK_TARGET codes8 load_codes8(const uint8_t *p) {
  const __m512i codes = _mm512_xor_si512(_mm512_loadu_si512(p), _mm512_set1_epi8((char)0x80));
  const codes8 result = {_mm512_abs_epi8(codes), _mm512_movepi8_mask(codes)};
  return result;
}

CK_INLINE CK_TARGET void load_codes4(const uint8_t *p, codes4 *low, codes4 *high) {
  const __m512i mask = _mm512_set1_epi8(15), both = _mm512_loadu_si512(p);
  *low = _mm512_and_si512(both, mask);
  *high = _mm512_and_si512(_mm512_srli_epi16(both, 4), mask);
}

CK_INLINE CK_TARGET vint dot8(vint sum, codes8 w, vbytes x) {
  const __m512i signed_x = _mm512_mask_sub_epi8(x, w.negative, _mm512_setzero_si512(), x);
  const __m512i pairs = _mm512_maddubs_epi16(w.magnitude, signed_x);
  return _mm512_add_epi32(sum, _mm512_madd_epi16(pairs, _mm512_set1_epi16(1)));
}

// Eight steps of 2 · 15 · 127 stay within 16 bits.
CK_INLINE CK_TARGET vint dot4(vint sum, codes4 w, vbytes x) {
  return _mm512_add_epi16(sum, _mm512_maddubs_epi16(w, x));
}

CK_INLINE CK_TARGET vint finish4(vint sum) { return _mm512_madd_epi16(sum, _mm512_set1_epi16(1)); }
CK_INLINE CK_TARGET vfloat to_float(vint sum) { return _mm512_cvtepi32_ps(sum); }

#include "decoder_vector.h"

CK_DECODER_TABLE(ck_decoder_avx512_kernels, CK_AVX512);

#endif

#if defined(__x86_64__)

#define CK_TARGET \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,f16c")))
#include "simd_avx512.h"

// 6 × 2 sums of integers and as many of floats are 24 of the 32 vector registers.
#define Q_ROWS 6
#define F_ROWS 12
#define F_VECTORS 2

typedef __m512i vint;
typedef __m512i vbytes;
typedef __m512i codes8;
typedef __m512i codes4;

CK_INLINE CK_TARGET vbytes broadcast4(const int8_t *x) {
  int32_t four;
  __builtin_memcpy(&four, x, 4);
  return _mm512_set1_epi32(four);
}

// The stored code + 128 is the unsigned side of the instruction; the sum starts at what that adds.
CK_INLINE CK_TARGET vint start8(int32_t start) { return _mm512_set1_epi32(start); }
CK_INLINE CK_TARGET vint start4(void) { return _mm512_setzero_si512(); }
CK_INLINE CK_TARGET codes8 load_codes8(const uint8_t *p) { return _mm512_loadu_si512(p); }

CK_INLINE CK_TARGET void load_codes4(const uint8_t *p, codes4 *low, codes4 *high) {
  const __m512i mask = _mm512_set1_epi8(15), both = _mm512_loadu_si512(p);
  *low = _mm512_and_si512(both, mask);
  *high = _mm512_and_si512(_mm512_srli_epi16(both, 4), mask);
}

CK_INLINE CK_TARGET vint dot8(vint sum, codes8 w, vbytes x) {
  return _mm512_dpbusd_epi32(sum, w, x);
}

CK_INLINE CK_TARGET vint dot4(vint sum, codes4 w, vbytes x) {
  return _mm512_dpbusd_epi32(sum, w, x);
}

CK_INLINE CK_TARGET vint finish4(vint sum) { return sum; }
CK_INLINE CK_TARGET vfloat to_float(vint sum) { return _mm512_cvtepi32_ps(sum); }

#include "decoder_vector.h"

CK_DECODER_TABLE(ck_decoder_avx512_vnni_kernels, CK_AVX512);

#endif

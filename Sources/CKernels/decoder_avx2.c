#if defined(__x86_64__)

#define CK_TARGET __attribute__((target("avx2,fma,f16c")))
#include "simd_avx2.h"

#define Q_ROWS 3
#define F_ROWS 6
#define F_VECTORS 2

#include "codes_avx2.h"

// Codes and their magnitudes: products of an unsigned and a signed byte, two of which fit 16 bits
// as |code| ≤ 128 and |activation| ≤ 127.
typedef struct codes8 {
  __m256i codes, magnitude;
} codes8;

CK_INLINE CK_TARGET vint start8(int32_t start) {
  (void)start;
  return _mm256_setzero_si256();
}

CK_INLINE CK_TARGET codes8 load_codes8(const uint8_t *p) {
  const __m256i codes =
      _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)p), _mm256_set1_epi8((char)0x80));
  const codes8 result = {codes, _mm256_abs_epi8(codes)};
  return result;
}

CK_INLINE CK_TARGET vint dot8(vint sum, codes8 w, vbytes x) {
  const __m256i pairs = _mm256_maddubs_epi16(w.magnitude, _mm256_sign_epi8(x, w.codes));
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

// Eight steps of 2 · 15 · 127 stay within 16 bits.
CK_INLINE CK_TARGET vint dot4(vint sum, codes4 w, vbytes x) {
  return _mm256_add_epi16(sum, _mm256_maddubs_epi16(w, x));
}

CK_INLINE CK_TARGET vint finish4(vint sum) { return _mm256_madd_epi16(sum, _mm256_set1_epi16(1)); }

#include "decoder_vector.h"

CK_DECODER_TABLE(ck_decoder_avx2_kernels, CK_AVX2);

#endif

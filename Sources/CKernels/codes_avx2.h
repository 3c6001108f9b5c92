// Codes of quantised weights in AVX2 registers, with and without the dot-product instructions.
#ifndef CK_CODES_AVX2_H
#define CK_CODES_AVX2_H

typedef __m256i vint;
typedef __m256i vbytes;
typedef __m256i codes4;

CK_INLINE CK_TARGET vbytes broadcast4(const int8_t *x) {
  int32_t four;
  __builtin_memcpy(&four, x, 4);
  return _mm256_set1_epi32(four);
}

CK_INLINE CK_TARGET vint start4(void) { return _mm256_setzero_si256(); }

CK_INLINE CK_TARGET void load_codes4(const uint8_t *p, codes4 *low, codes4 *high) {
  const __m256i mask = _mm256_set1_epi8(15), both = _mm256_loadu_si256((const __m256i *)p);
  *low = _mm256_and_si256(both, mask);
  *high = _mm256_and_si256(_mm256_srli_epi16(both, 4), mask);
}

CK_INLINE CK_TARGET vfloat to_float(vint sum) { return _mm256_cvtepi32_ps(sum); }

#endif

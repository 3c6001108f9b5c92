// Vectors of 8 floats. CK_TARGET names the instruction set.
#ifndef CK_SIMD_AVX2_H
#define CK_SIMD_AVX2_H

#include <immintrin.h>

#include "internal.h"

typedef __m256 vfloat;
enum { LANES = 8 };

// The first `count` of eight lanes.
CK_INLINE CK_TARGET __m256i mask_of(intptr_t count) {
  const int clamped = count > 8 ? 8 : count < 0 ? 0 : (int)count;
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(clamped), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

CK_INLINE CK_TARGET __m256 load_first(const float *x, intptr_t count) {
  return count >= 8 ? _mm256_loadu_ps(x) : _mm256_maskload_ps(x, mask_of(count));
}

CK_INLINE CK_TARGET void store_first(float *x, intptr_t count, __m256 value) {
  if (count >= 8)
    _mm256_storeu_ps(x, value);
  else
    _mm256_maskstore_ps(x, mask_of(count), value);
}

CK_INLINE CK_TARGET float sum_of(__m256 x) {
  __m128 s = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
  s = _mm_add_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_add_ss(s, _mm_shuffle_ps(s, s, 1)));
}

CK_INLINE CK_TARGET float max_of(__m256 x) {
  __m128 s = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
  s = _mm_max_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_max_ss(s, _mm_shuffle_ps(s, s, 1)));
}

CK_INLINE CK_TARGET __m256 exp_of(__m256 x) {
  x = _mm256_max_ps(x, _mm256_set1_ps(CK_EXP_LOWEST));
  x = _mm256_min_ps(x, _mm256_set1_ps(CK_EXP_HIGHEST));
  const __m256 n = _mm256_round_ps(_mm256_mul_ps(x, _mm256_set1_ps(CK_LOG2E)),
                                   _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  __m256 r = _mm256_fnmadd_ps(n, _mm256_set1_ps(CK_LN2_HIGH), x);
  r = _mm256_fnmadd_ps(n, _mm256_set1_ps(CK_LN2_LOW), r);
  __m256 p = _mm256_set1_ps(CK_EXP4);
  p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(CK_EXP3));
  p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(CK_EXP2));
  p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(CK_EXP1));
  p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(CK_EXP0));
  p = _mm256_fmadd_ps(p, _mm256_mul_ps(r, r), r);
  const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
  return _mm256_mul_ps(_mm256_add_ps(p, _mm256_set1_ps(1)),
                       _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23)));
}

// exp(x), and 0 where that would be no normal number.
CK_INLINE CK_TARGET vfloat power_of(vfloat x) {
  return _mm256_and_ps(_mm256_cmp_ps(x, _mm256_set1_ps(CK_EXP_LOWEST), _CMP_NLT_UQ), exp_of(x));
}

CK_INLINE CK_TARGET vfloat v_set(float x) { return _mm256_set1_ps(x); }
CK_INLINE CK_TARGET vfloat v_load(const float *x) { return _mm256_loadu_ps(x); }
CK_INLINE CK_TARGET void v_store(float *x, vfloat v) { _mm256_storeu_ps(x, v); }
CK_INLINE CK_TARGET vfloat v_add(vfloat a, vfloat b) { return _mm256_add_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_sub(vfloat a, vfloat b) { return _mm256_sub_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_mul(vfloat a, vfloat b) { return _mm256_mul_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_div(vfloat a, vfloat b) { return _mm256_div_ps(a, b); }
// a · b + c.
CK_INLINE CK_TARGET vfloat v_fma(vfloat a, vfloat b, vfloat c) { return _mm256_fmadd_ps(a, b, c); }
// The greater; b where a is no number.
CK_INLINE CK_TARGET vfloat v_max(vfloat a, vfloat b) { return _mm256_max_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_min(vfloat a, vfloat b) { return _mm256_min_ps(a, b); }
CK_INLINE CK_TARGET vfloat v_sqrt(vfloat x) { return _mm256_sqrt_ps(x); }
CK_INLINE CK_TARGET float first_of(vfloat x) { return _mm256_cvtss_f32(x); }

// The first `count` lanes of x, zero elsewhere.
CK_INLINE CK_TARGET vfloat keep_first(vfloat x, intptr_t count) {
  return count >= 8 ? x : _mm256_and_ps(x, _mm256_castsi256_ps(mask_of(count)));
}

CK_INLINE CK_TARGET vfloat load_half(const void *x) {
  return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)x));
}

CK_INLINE CK_TARGET void store_half(uint16_t *x, vfloat v) {
  _mm_storeu_si128((__m128i *)x,
                   _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}

// Both are computed before what is loaded next: a compiler that loads far ahead runs out of
// registers.
#define CK_PIN(a, b) __asm__ volatile("" : "+x"(a), "+x"(b) : : "memory")

#endif

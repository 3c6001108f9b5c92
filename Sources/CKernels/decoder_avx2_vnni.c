#if defined(__x86_64__)

#define CK_TARGET __attribute__((target("avx2,fma,f16c,avxvnni")))
#include "simd_avx2.h"

#define Q_ROWS 3
#define F_ROWS 6
#define F_VECTORS 2

#include "codes_avx2.h"

typedef __m256i codes8;

// The stored code + 128 is the unsigned side of the instruction; the sum starts at what that adds.
CK_INLINE CK_TARGET vint start8(int32_t start) { return _mm256_set1_epi32(start); }

CK_INLINE CK_TARGET codes8 load_codes8(const uint8_t *p) {
  return _mm256_loadu_si256((const __m256i *)p);
}

CK_INLINE CK_TARGET vint dot8(vint sum, codes8 w, vbytes x) {
  return _mm256_dpbusd_avx_epi32(sum, w, x);
}

CK_INLINE CK_TARGET vint dot4(vint sum, codes4 w, vbytes x) {
  return _mm256_dpbusd_avx_epi32(sum, w, x);
}

CK_INLINE CK_TARGET vint finish4(vint sum) { return sum; }

#include "decoder_vector.h"

CK_DECODER_TABLE(ck_decoder_avx2_vnni_kernels, CK_AVX2);

#endif

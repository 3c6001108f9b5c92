#if defined(__aarch64__)

#define CK_TARGET
#include "simd_neon.h"

#define Q_ROWS 4
#define F_ROWS 6
#define F_VECTORS 4

#include "codes_neon.h"

// Products of two codes each fit 16 bits; pairs of them are added in 32.
CK_INLINE vint dot8(vint sum, codes8 w, vbytes x) {
  const int32x4_t low = vpaddlq_s16(vmull_s8(vget_low_s8(w), vget_low_s8(x)));
  const int32x4_t high = vpaddlq_s16(vmull_high_s8(w, x));
  return vaddq_s32(sum, vpaddq_s32(low, high));
}

CK_INLINE vint dot4(vint sum, codes4 w, vbytes x) { return dot8(sum, w, x); }

#include "decoder_vector.h"

CK_DECODER_TABLE(ck_decoder_neon_kernels, CK_NEON);

#endif

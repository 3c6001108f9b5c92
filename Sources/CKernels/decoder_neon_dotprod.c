#if defined(__aarch64__)

#define CK_TARGET __attribute__((target("dotprod")))
#include "simd_neon.h"

#define Q_ROWS 4
#define F_ROWS 6
#define F_VECTORS 4

#include "codes_neon.h"

CK_INLINE CK_TARGET vint dot8(vint sum, codes8 w, vbytes x) { return vdotq_s32(sum, w, x); }
CK_INLINE CK_TARGET vint dot4(vint sum, codes4 w, vbytes x) { return vdotq_s32(sum, w, x); }

#include "decoder_vector.h"

CK_DECODER_TABLE(ck_decoder_neon_dotprod_kernels, CK_NEON);

#endif

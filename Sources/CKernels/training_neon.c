#if defined(__aarch64__)

#define CK_TARGET
#include "simd_neon.h"

#define P_ROWS 6
#define P_WIDTH 16

#include "training_vector.h"

CK_TRAINING_TABLE(ck_training_neon_kernels, CK_NEON);

#endif

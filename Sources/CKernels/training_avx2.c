#if defined(__x86_64__)

#define CK_TARGET __attribute__((target("avx2,fma,f16c")))
#include "simd_avx2.h"

#define P_ROWS 6
#define P_WIDTH 16

#include "training_vector.h"

CK_TRAINING_TABLE(ck_training_avx2_kernels, CK_AVX2);

#endif

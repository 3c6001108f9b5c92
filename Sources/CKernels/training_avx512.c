#if defined(__x86_64__)

#define CK_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")))
#include "simd_avx512.h"

#define P_ROWS 12
#define P_WIDTH 32

#include "training_vector.h"

CK_TRAINING_TABLE(ck_training_avx512_kernels, CK_AVX512);

#endif

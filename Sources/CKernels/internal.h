#ifndef CKERNELS_INTERNAL_H
#define CKERNELS_INTERNAL_H

#include "ck_decoder.h"
#include "ck_training.h"
#include "ckernels.h"

#define CK_INLINE static inline __attribute__((always_inline))
#define CK_UNUSED __attribute__((unused))
#if defined(__clang__)
#define CK_UNROLL _Pragma("clang loop unroll(full)")
#else
#define CK_UNROLL _Pragma("GCC unroll 32")
#endif

// The tables of the versions that this build has.
extern const ck_kernels ck_scalar_kernels;
extern const ck_decoder_kernels ck_decoder_scalar_kernels;
extern const ck_training_kernels ck_training_scalar_kernels;
#if defined(__x86_64__)
extern const ck_kernels ck_avx2_kernels;
extern const ck_kernels ck_avx512_kernels;
extern const ck_kernels ck_avx512_vnni_kernels;
extern const ck_decoder_kernels ck_decoder_avx2_kernels;
extern const ck_decoder_kernels ck_decoder_avx2_vnni_kernels;
extern const ck_decoder_kernels ck_decoder_avx512_kernels;
extern const ck_decoder_kernels ck_decoder_avx512_vnni_kernels;
extern const ck_training_kernels ck_training_avx2_kernels;
extern const ck_training_kernels ck_training_avx512_kernels;
#elif defined(__aarch64__)
extern const ck_kernels ck_neon_kernels;
extern const ck_kernels ck_neon_dotprod_kernels;
extern const ck_decoder_kernels ck_decoder_neon_kernels;
extern const ck_decoder_kernels ck_decoder_neon_dotprod_kernels;
extern const ck_training_kernels ck_training_neon_kernels;
#endif

// exp(r) = 1 + r + r² · Σ EXP[i] rⁱ for |r| ≤ ln 2 / 2: least-squares minimax fit, relative error
// 3e-9 before rounding. ln 2 is split so that x − n · ln 2 is exact enough for |n| ≤ 128.
#define CK_EXP0 0.499999934f
#define CK_EXP1 0.166665201f
#define CK_EXP2 0.0416683943f
#define CK_EXP3 0.00836878074f
#define CK_EXP4 0.00138144638f
#define CK_LOG2E 1.44269504f
#define CK_LN2_HIGH 0.693359375f
#define CK_LN2_LOW -2.12194440e-4f
// Below this the result would not be a normal number; softmax needs nothing smaller.
#define CK_EXP_LOWEST -87.0f
#define CK_EXP_HIGHEST 88.0f

// erf(x) = x · P(x²) / Q(x²) for |x| ≤ 3.92, beyond which it is ±1 to within 3e-8: rational minimax
// fit, relative error 2e-8 before rounding, 4e-7 with it.
#define CK_ERF_LIMIT 3.92f
#define CK_ERF_P0 1.12837915f
#define CK_ERF_P1 0.190389320f
#define CK_ERF_P2 0.0527464931f
#define CK_ERF_P3 0.00376489967f
#define CK_ERF_P4 0.000284869563f
#define CK_ERF_P5 2.05025100e-6f
#define CK_ERF_Q0 1.0f
#define CK_ERF_Q1 0.502060886f
#define CK_ERF_Q2 0.114102060f
#define CK_ERF_Q3 0.0149677680f
#define CK_ERF_Q4 0.00116236780f
#define CK_ERF_Q5 3.80927411e-5f
#define CK_SQRT_HALF 0.707106781f
#define CK_SQRT_2_PI 0.797884561f

#endif

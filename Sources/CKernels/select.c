#include <stddef.h>

#include "internal.h"

#if defined(__x86_64__)

static int has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("f16c");
}

static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

#elif defined(__aarch64__)

#if defined(__linux__)
#include <sys/auxv.h>
// From the kernel's <asm/hwcap.h>: the dot-product instructions of Armv8.2.
#define CK_HWCAP_ASIMDDP (1ul << 20)
static int has_dotprod(void) { return (getauxval(AT_HWCAP) & CK_HWCAP_ASIMDDP) != 0; }
#elif defined(__APPLE__)
// Every Apple processor that runs the systems we support has them.
static int has_dotprod(void) { return 1; }
#else
static int has_dotprod(void) { return 0; }
#endif

#endif

const ck_kernels *_Nullable ck_kernels_for(ck_variant variant) {
  switch (variant) {
    case CK_SCALAR:
      return &ck_scalar_kernels;
#if defined(__x86_64__)
    case CK_AVX2:
      return has_avx2() ? &ck_avx2_kernels : NULL;
    case CK_AVX512:
      if (!has_avx512()) return NULL;
      return __builtin_cpu_supports("avx512vnni") ? &ck_avx512_vnni_kernels : &ck_avx512_kernels;
#elif defined(__aarch64__)
    case CK_NEON:
      return has_dotprod() ? &ck_neon_dotprod_kernels : &ck_neon_kernels;
#endif
    default:
      return NULL;
  }
}

const ck_decoder_kernels *_Nullable ck_decoder_kernels_for(ck_variant variant) {
#if defined(__x86_64__)
  if (variant == CK_AVX2 && has_avx2() && __builtin_cpu_supports("avxvnni"))
    return &ck_decoder_avx2_vnni_kernels;
  if (variant == CK_AVX512 && has_avx512() && __builtin_cpu_supports("avx512vnni"))
    return &ck_decoder_avx512_vnni_kernels;
#elif defined(__aarch64__)
  if (variant == CK_NEON && has_dotprod()) return &ck_decoder_neon_dotprod_kernels;
#endif
  return ck_plain_decoder_kernels_for(variant);
}

const ck_decoder_kernels *_Nullable ck_plain_decoder_kernels_for(ck_variant variant) {
  switch (variant) {
    case CK_SCALAR:
      return &ck_decoder_scalar_kernels;
#if defined(__x86_64__)
    case CK_AVX2:
      return has_avx2() ? &ck_decoder_avx2_kernels : NULL;
    case CK_AVX512:
      return has_avx512() ? &ck_decoder_avx512_kernels : NULL;
#elif defined(__aarch64__)
    case CK_NEON:
      return &ck_decoder_neon_kernels;
#endif
    default:
      return NULL;
  }
}

const ck_training_kernels *_Nullable ck_training_kernels_for(ck_variant variant) {
  switch (variant) {
    case CK_SCALAR:
      return &ck_training_scalar_kernels;
#if defined(__x86_64__)
    case CK_AVX2:
      return has_avx2() ? &ck_training_avx2_kernels : NULL;
    case CK_AVX512:
      return has_avx512() ? &ck_training_avx512_kernels : NULL;
#elif defined(__aarch64__)
    case CK_NEON:
      return &ck_training_neon_kernels;
#endif
    default:
      return NULL;
  }
}

// Inner loops of Attune. No allocation, no threads, no global state that changes after start.
//
// Every function exists once in plain C (the reference) and once per instruction set; a table of
// function pointers holds one set. Callers guarantee the shapes written beside each parameter;
// nothing is checked here. Pointers need only the alignment of their element type.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#else
#define _Nonnull
#define _Nullable
#endif

/// Columns of one panel of a packed matrix. The same for every instruction set, so that a packed
/// matrix does not depend on the machine that reads it.
#define CK_PANEL_WIDTH 32

typedef enum ck_variant {
  CK_SCALAR = 0,
  CK_AVX2 = 1,
  CK_AVX512 = 2,
  CK_NEON = 3,
} ck_variant;

/// c[m × n] = epilogue(a[m × k] · b[k × n]).
///
/// The epilogue is, in this order and each where asked for: + bias, GELU, + residual.
typedef struct ck_gemm {
  const float *a;         // [m × k], rows lda floats apart
  const float *panels;    // ceil(n / 32) panels of [k × 32], zero beyond column n
  float *c;               // [m × n], rows ldc floats apart; must not overlap a or panels
  const float *_Nullable bias;      // [n] or null
  const float *_Nullable residual;  // [m × n] or null, rows ldr floats apart; may be c itself
  intptr_t lda, ldc, ldr;
  intptr_t m, n, k;
  int gelu;               // x · Φ(x) with the error function, not its tanh approximation
} ck_gemm;

typedef struct ck_kernels {
  ck_variant variant;

  void (*_Nonnull gemm)(const ck_gemm *g);

  /// panels of bᵀ: panels[p][i][j] = rows[p·32 + j][i]. rows is [n × k], rows ld floats apart;
  /// panels holds ceil(n / 32) · k · 32 floats.
  void (*_Nonnull pack)(const float *rows, intptr_t ld, intptr_t n, intptr_t k, float *panels);

  /// Σ a[i] · b[i], i < n.
  float (*_Nonnull dot)(const float *a, const float *b, intptr_t n);

  /// y[i] += s · x[i], i < n.
  void (*_Nonnull add_scaled)(float s, const float *x, float *y, intptr_t n);

  /// Each row of x [m × n] (rows ld apart) becomes softmax(scale · row).
  void (*_Nonnull softmax)(float *x, intptr_t ld, intptr_t m, intptr_t n, float scale);

  /// Each row of x [m × n] (rows ld apart) becomes (row − mean) / √(variance + epsilon) · gamma + beta.
  void (*_Nonnull layer_norm)(float *x, intptr_t ld, intptr_t m, intptr_t n, const float *gamma,
                     const float *beta, float epsilon);

  /// x[i] = x[i] · Φ(x[i]), i < n.
  void (*_Nonnull gelu)(float *x, intptr_t n);

  /// scores[i] = (Σ query[j] · codes[i · n + j]) · (query_scale · scales[i]), i < rows, j < n.
  /// The sum is exact: n must be at most CK_INT8_DOT_LIMIT.
  void (*_Nonnull scan)(const int8_t *query, float query_scale, const int8_t *codes, const float *scales,
               intptr_t rows, intptr_t n, float *scores);
} ck_kernels;

/// Longest int8 vectors whose products of any codes still fit a 32-bit sum in every version.
#define CK_INT8_DOT_LIMIT 65536

/// The kernels of one instruction set, or null if this build or this processor lacks it.
const ck_kernels *_Nullable ck_kernels_for(ck_variant variant);

/// panels of b itself: panels[p][i][j] = b[i][p·32 + j]. b is [k × n], rows ld floats apart.
void ck_pack_columns(const float *b, intptr_t ld, intptr_t k, intptr_t n, float *panels);

/// Tells the processor that this thread waits in a loop.
static inline void ck_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

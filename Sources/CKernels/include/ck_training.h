// Inner loops of training: general products, the backward passes of layers, losses and the
// optimizer. The rules are those of ckernels.h: no allocation, no threads, shapes are the caller's
// promise.
#ifndef CK_TRAINING_H
#define CK_TRAINING_H

#include "ckernels.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// c[m × n] = scale · op(a) · b, or c + that where `adds`.
///
/// Value (i, j) of b is at b[j / 32 · panel + i · ldb + j % 32]: rows one after another where `panel`
/// is 32, packed panels where ldb is 32. Columns up to the next multiple of 16 are read.
typedef struct ck_product {
  const float *a;  // [m × k], rows lda floats apart; [k × m] where `transposed`
  const float *b;  // [k × n]
  float *c;        // [m × n], rows ldc floats apart; must not overlap a or b
  intptr_t lda, ldb, panel, ldc;
  intptr_t m, n, k;
  float scale;
  int transposed;
  int adds;
} ck_product;

/// One step of AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101) as PyTorch orders it.
typedef struct ck_adamw {
  float gradient_scale;  // multiplies the gradient first
  float rest1;           // 1 − beta1
  float beta2, rest2;    // rest2 = 1 − beta2: the difference in single precision would be coarse
  float keep;            // 1 − learning rate · weight decay
  float rate;            // learning rate / (1 − beta1^step)
  float root;            // 1 / √(1 − beta2^step)
  float epsilon;
} ck_adamw;

typedef struct ck_training_kernels {
  ck_variant variant;

  void (*_Nonnull product)(const ck_product *p);

  /// Backward pass of x / √(mean square + epsilon) · (weight + shift) for each row of x [m × n]. The
  /// gradient of x is written to dx, or added where `adds`; that of the weight is added to dw where
  /// given. Rows are ldx, ldg and lddx floats apart; dx may be g.
  void (*_Nonnull rms_norm_backward)(const float *x, intptr_t ldx, const float *g, intptr_t ldg,
                                     float *dx, intptr_t lddx, intptr_t m, intptr_t n,
                                     const float *weight, float shift, float epsilon, int adds,
                                     float *_Nullable dw);

  /// Backward pass of (x − mean) / √(variance + epsilon) · gamma + beta: adds to dx, and to dgamma
  /// and dbeta where given. All rows are n floats apart.
  void (*_Nonnull layer_norm_backward)(const float *x, const float *g, float *dx, intptr_t m,
                                       intptr_t n, const float *gamma, float epsilon,
                                       float *_Nullable dgamma, float *_Nullable dbeta);

  /// dx = g · (Φ(x) + x · φ(x)); dx may be g or x.
  void (*_Nonnull gelu_backward)(const float *x, const float *g, float *dx, intptr_t n);

  /// Both gradients of silu(gate) · up; any of the arrays may be another, but the results differ.
  void (*_Nonnull silu_backward)(const float *gate, const float *up, const float *g, float *dgate,
                                 float *dup, intptr_t n);

  /// The same with GELU in its tanh approximation.
  void (*_Nonnull gelu_gate_backward)(const float *gate, const float *up, const float *g,
                                      float *dgate, float *dup, intptr_t n);

  /// x[i] = cap · tanh(scale · x[i] / cap).
  void (*_Nonnull soft_cap)(float *x, intptr_t n, float scale, float cap);

  /// dp[i] = p[i] · (dp[i] − delta) · scale, times 1 − (capped[i] / cap)² where `capped` is given.
  void (*_Nonnull softmax_backward)(const float *p, float *dp, intptr_t n, float delta, float scale,
                                    const float *_Nullable capped, float cap);

  /// −log softmax(cap · tanh(x / cap))[target], without the cap where it is 0. `gradient`, if given,
  /// gets the gradient of weight · that; it may be x.
  double (*_Nonnull cross_entropy)(const float *x, intptr_t n, intptr_t target, float softcap,
                                   float weight, float *_Nullable gradient);

  /// Changes value, first and second moment.
  void (*_Nonnull adamw)(float *value, const float *gradient, float *first, float *second,
                         intptr_t n, const ck_adamw *step);

  double (*_Nonnull sum_of_squares)(const float *x, intptr_t n);

  /// x[i] *= s.
  void (*_Nonnull scale)(float *x, intptr_t n, float s);
} ck_training_kernels;

/// The kernels of one instruction set, or null if this build or this processor lacks it.
const ck_training_kernels *_Nullable ck_training_kernels_for(ck_variant variant);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

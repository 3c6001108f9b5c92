// The reference of training's inner loops: plain C that says what each means.
#include <math.h>

#include "internal.h"

static void product(const ck_product *p) {
  for (intptr_t i = 0; i < p->m; i++) {
    float *c = p->c + i * p->ldc;
    for (intptr_t first = 0; first < p->n; first += CK_PANEL_WIDTH) {
      const intptr_t left = p->n - first;
      const intptr_t width = left < CK_PANEL_WIDTH ? left : CK_PANEL_WIDTH;
      const float *b = p->b + first / CK_PANEL_WIDTH * p->panel;
      float sum[CK_PANEL_WIDTH] = {0};
      for (intptr_t kk = 0; kk < p->k; kk++, b += p->ldb) {
        const float a = p->transposed ? p->a[kk * p->lda + i] : p->a[i * p->lda + kk];
        for (intptr_t j = 0; j < width; j++) sum[j] += a * b[j];
      }
      for (intptr_t j = 0; j < width; j++)
        c[first + j] = p->scale * sum[j] + (p->adds ? c[first + j] : 0);
    }
  }
}

static void rms_norm_backward(const float *x, intptr_t ldx, const float *g, intptr_t ldg, float *dx,
                              intptr_t lddx, intptr_t m, intptr_t n, const float *weight,
                              float shift, float epsilon, int adds, float *dw) {
  for (intptr_t i = 0; i < m; i++, x += ldx, g += ldg, dx += lddx) {
    float squares = 0, products = 0;
    for (intptr_t j = 0; j < n; j++) {
      squares += x[j] * x[j];
      products += g[j] * (weight[j] + shift) * x[j];
    }
    const float factor = 1.0f / sqrtf(squares / (float)n + epsilon);
    const float back = products * factor * factor / (float)n;
    for (intptr_t j = 0; j < n; j++) {
      if (dw) dw[j] += g[j] * x[j] * factor;
      const float value = factor * (g[j] * (weight[j] + shift) - x[j] * back);
      dx[j] = adds ? dx[j] + value : value;
    }
  }
}

static void layer_norm_backward(const float *x, const float *g, float *dx, intptr_t m, intptr_t n,
                                const float *gamma, float epsilon, float *dgamma, float *dbeta) {
  for (intptr_t i = 0; i < m; i++, x += n, g += n, dx += n) {
    float sum = 0, squares = 0, gradients = 0, products = 0;
    for (intptr_t j = 0; j < n; j++) sum += x[j];
    const float mean = sum / (float)n;
    for (intptr_t j = 0; j < n; j++) {
      squares += (x[j] - mean) * (x[j] - mean);
      gradients += g[j] * gamma[j];
      products += g[j] * gamma[j] * (x[j] - mean);
    }
    const float factor = 1.0f / sqrtf(squares / (float)n + epsilon);
    const float constant = gradients / (float)n, back = products * factor * factor / (float)n;
    for (intptr_t j = 0; j < n; j++) {
      if (dgamma) dgamma[j] += g[j] * (x[j] - mean) * factor;
      if (dbeta) dbeta[j] += g[j];
      dx[j] += factor * (g[j] * gamma[j] - constant - (x[j] - mean) * back);
    }
  }
}

static void gelu_backward(const float *x, const float *g, float *dx, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) {
    const float below = 0.5f * (1.0f + erff(x[i] * CK_SQRT_HALF));
    dx[i] = g[i] * (below + x[i] * 0.5f * CK_SQRT_2_PI * expf(-0.5f * x[i] * x[i]));
  }
}

static void silu_backward(const float *gate, const float *up, const float *g, float *dgate,
                          float *dup, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) {
    const float x = gate[i], s = 1.0f / (1.0f + expf(-x)), gradient = g[i], u = up[i];
    dgate[i] = gradient * u * s * (1.0f + x * (1.0f - s));
    dup[i] = gradient * x * s;
  }
}

static void gelu_gate_backward(const float *gate, const float *up, const float *g, float *dgate,
                               float *dup, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) {
    const float x = gate[i], gradient = g[i], u = up[i];
    const float t = tanhf(CK_SQRT_2_PI * (x + 0.044715f * x * x * x));
    const float inner = CK_SQRT_2_PI * (1.0f + 3 * 0.044715f * x * x);
    dgate[i] = gradient * u * (0.5f * (1.0f + t) + 0.5f * x * (1.0f - t * t) * inner);
    dup[i] = gradient * 0.5f * x * (1.0f + t);
  }
}

static void soft_cap(float *x, intptr_t n, float scale, float cap) {
  for (intptr_t i = 0; i < n; i++) x[i] = cap * tanhf(scale * x[i] / cap);
}

static void softmax_backward(const float *p, float *dp, intptr_t n, float delta, float scale,
                             const float *capped, float cap) {
  for (intptr_t i = 0; i < n; i++) {
    dp[i] = p[i] * (dp[i] - delta) * scale;
    if (capped) dp[i] *= 1.0f - capped[i] / cap * (capped[i] / cap);
  }
}

static float capped(float x, float cap) { return cap > 0 ? cap * tanhf(x / cap) : x; }

static double cross_entropy(const float *x, intptr_t n, intptr_t target, float softcap,
                            float weight, float *gradient) {
  float top = -INFINITY;
  for (intptr_t i = 0; i < n; i++) top = fmaxf(top, capped(x[i], softcap));
  double sum = 0;
  for (intptr_t i = 0; i < n; i++) sum += expf(capped(x[i], softcap) - top);
  const double loss = log(sum) + top - capped(x[target], softcap);
  if (!gradient) return loss;
  const float inverse = (float)(1 / sum);
  for (intptr_t i = 0; i < n; i++) {
    const float z = capped(x[i], softcap);
    float value = weight * (expf(z - top) * inverse - (i == target ? 1 : 0));
    if (softcap > 0) value *= 1.0f - z / softcap * (z / softcap);
    gradient[i] = value;
  }
  return loss;
}

static void adamw(float *value, const float *gradient, float *first, float *second, intptr_t n,
                  const ck_adamw *s) {
  for (intptr_t i = 0; i < n; i++) {
    const float g = gradient[i] * s->gradient_scale;
    first[i] += (g - first[i]) * s->rest1;
    second[i] = s->beta2 * second[i] + s->rest2 * g * g;
    value[i] = value[i] * s->keep - s->rate * first[i] / (sqrtf(second[i]) * s->root + s->epsilon);
  }
}

static double sum_of_squares(const float *x, intptr_t n) {
  double sum = 0;
  for (intptr_t i = 0; i < n; i++) sum += (double)x[i] * x[i];
  return sum;
}

static void scale(float *x, intptr_t n, float s) {
  for (intptr_t i = 0; i < n; i++) x[i] *= s;
}

const ck_training_kernels ck_training_scalar_kernels = {
    .variant = CK_SCALAR,
    .product = product,
    .rms_norm_backward = rms_norm_backward,
    .layer_norm_backward = layer_norm_backward,
    .gelu_backward = gelu_backward,
    .silu_backward = silu_backward,
    .gelu_gate_backward = gelu_gate_backward,
    .soft_cap = soft_cap,
    .softmax_backward = softmax_backward,
    .cross_entropy = cross_entropy,
    .adamw = adamw,
    .sum_of_squares = sum_of_squares,
    .scale = scale,
};

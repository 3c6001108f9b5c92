// The reference: plain C that says what each kernel means. Faster versions are tested against it.
#include <math.h>
#include <string.h>

#include "internal.h"

static float gelu_of(float x) { return 0.5f * x * (1.0f + erff(x * CK_SQRT_HALF)); }

static void gemm(const ck_gemm *g) {
  for (intptr_t i = 0; i < g->m; i++) {
    const float *a = g->a + i * g->lda;
    for (intptr_t first = 0; first < g->n; first += CK_PANEL_WIDTH) {
      const float *panel = g->panels + first * g->k;
      float sum[CK_PANEL_WIDTH] = {0};
      for (intptr_t kk = 0; kk < g->k; kk++)
        for (int j = 0; j < CK_PANEL_WIDTH; j++) sum[j] += a[kk] * panel[kk * CK_PANEL_WIDTH + j];
      for (intptr_t j = first; j < g->n && j < first + CK_PANEL_WIDTH; j++) {
        float value = sum[j - first];
        if (g->bias) value += g->bias[j];
        if (g->gelu) value = gelu_of(value);
        if (g->residual) value += g->residual[i * g->ldr + j];
        g->c[i * g->ldc + j] = value;
      }
    }
  }
}

static void pack(const float *rows, intptr_t ld, intptr_t n, intptr_t k, float *panels) {
  for (intptr_t first = 0; first < n; first += CK_PANEL_WIDTH)
    for (intptr_t kk = 0; kk < k; kk++)
      for (intptr_t j = first; j < first + CK_PANEL_WIDTH; j++)
        *panels++ = j < n ? rows[j * ld + kk] : 0.0f;
}

void ck_pack_columns(const float *b, intptr_t ld, intptr_t k, intptr_t n, float *panels) {
  for (intptr_t first = 0; first < n; first += CK_PANEL_WIDTH) {
    const intptr_t width = n - first < CK_PANEL_WIDTH ? n - first : CK_PANEL_WIDTH;
    for (intptr_t kk = 0; kk < k; kk++, panels += CK_PANEL_WIDTH) {
      if (width == CK_PANEL_WIDTH) {
        memcpy(panels, b + kk * ld + first, CK_PANEL_WIDTH * sizeof(float));
        continue;
      }
      memcpy(panels, b + kk * ld + first, (size_t)width * sizeof(float));
      memset(panels + width, 0, (size_t)(CK_PANEL_WIDTH - width) * sizeof(float));
    }
  }
}

static float dot(const float *a, const float *b, intptr_t n) {
  float sum = 0;
  for (intptr_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

static void add_scaled(float s, const float *x, float *y, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) y[i] += s * x[i];
}

static void softmax(float *x, intptr_t ld, intptr_t m, intptr_t n, float scale) {
  for (intptr_t i = 0; i < m; i++, x += ld) {
    float highest = -INFINITY;
    for (intptr_t j = 0; j < n; j++) highest = fmaxf(highest, x[j] * scale);
    float sum = 0;
    for (intptr_t j = 0; j < n; j++) sum += x[j] = expf(x[j] * scale - highest);
    for (intptr_t j = 0; j < n; j++) x[j] /= sum;
  }
}

static void layer_norm(float *x, intptr_t ld, intptr_t m, intptr_t n, const float *gamma,
                       const float *beta, float epsilon) {
  for (intptr_t i = 0; i < m; i++, x += ld) {
    float mean = 0, variance = 0;
    for (intptr_t j = 0; j < n; j++) mean += x[j];
    mean /= (float)n;
    for (intptr_t j = 0; j < n; j++) variance += (x[j] - mean) * (x[j] - mean);
    variance /= (float)n;
    const float factor = 1.0f / sqrtf(variance + epsilon);
    for (intptr_t j = 0; j < n; j++) x[j] = (x[j] - mean) * factor * gamma[j] + beta[j];
  }
}

static void gelu(float *x, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) x[i] = gelu_of(x[i]);
}

static void scan(const int8_t *query, float query_scale, const int8_t *codes, const float *scales,
                 intptr_t rows, intptr_t n, float *scores) {
  for (intptr_t i = 0; i < rows; i++, codes += n) {
    int32_t sum = 0;
    for (intptr_t j = 0; j < n; j++) sum += (int32_t)query[j] * codes[j];
    scores[i] = (float)sum * (query_scale * scales[i]);
  }
}

const ck_kernels ck_scalar_kernels = {
    .variant = CK_SCALAR,
    .gemm = gemm,
    .pack = pack,
    .dot = dot,
    .add_scaled = add_scaled,
    .softmax = softmax,
    .layer_norm = layer_norm,
    .gelu = gelu,
    .scan = scan,
};

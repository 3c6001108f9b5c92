// Compares the NEON kernels with the scalar reference on random shapes. See check-neon.sh.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check-neon.h"
#include "ckernels.h"

static uint64_t state = 20240719;

uint32_t next(void) {
  state = state * 6364136223846793005ull + 1442695040888963407ull;
  return (uint32_t)(state >> 33);
}

float *floats(intptr_t count) {
  float *x = malloc((size_t)(count + 1) * sizeof(float));
  for (intptr_t i = 0; i < count; i++) x[i] = (float)next() / (float)(1u << 30) - 1.0f;
  return x;
}

static int failures = 0;

void compare(const char *what, const float *a, const float *b, intptr_t count,
                    double tolerance) {
  for (intptr_t i = 0; i < count; i++) {
    if (fabs((double)a[i] - b[i]) <= tolerance) continue;
    printf("%s: element %ld of %ld: %g, reference %g\n", what, (long)i, (long)count, a[i], b[i]);
    failures++;
    return;
  }
}

void fail(const char *what) {
  printf("%s\n", what);
  failures++;
}

float *copy(const float *x, intptr_t count) {
  float *y = malloc((size_t)(count + 1) * sizeof(float));
  memcpy(y, x, (size_t)count * sizeof(float));
  return y;
}

static void trial(const ck_kernels *neon, const ck_kernels *scalar, int index) {
  const intptr_t m = 1 + next() % 20, n = 1 + next() % 100, k = 1 + next() % 100;
  const intptr_t panels = (n + CK_PANEL_WIDTH - 1) / CK_PANEL_WIDTH * CK_PANEL_WIDTH * k;
  float *a = floats(m * k), *w = floats(n * k), *bias = floats(n), *residual = floats(m * n);
  float *p = floats(panels), *q = floats(panels), *c = floats(m * n), *d = copy(c, m * n);
  neon->pack(w, k, n, k, p);
  scalar->pack(w, k, n, k, q);
  compare("pack", p, q, panels, 0);
  ck_gemm g = {.a = a, .panels = p, .c = c, .lda = k, .ldc = n, .ldr = n, .m = m, .n = n, .k = k};
  if (index % 2) g.bias = bias;
  if (index % 3) g.residual = residual;
  g.gelu = index % 5 == 0;
  neon->gemm(&g);
  g.c = d;
  scalar->gemm(&g);
  compare("gemm", c, d, m * n, 1e-5 * (double)(k + 2));

  float x = neon->dot(a, w, k), y = scalar->dot(a, w, k);
  compare("dot", &x, &y, 1, 1e-5 * (double)k);
  neon->add_scaled(0.3f, bias, c, n);
  scalar->add_scaled(0.3f, bias, d, n);
  compare("add_scaled", c, d, n, 1e-5 * (double)(k + 3));

  float *s = copy(residual, m * n), *t = copy(residual, m * n);
  neon->softmax(s, n, m, n, 5);
  scalar->softmax(t, n, m, n, 5);
  compare("softmax", s, t, m * n, 1e-6);
  memcpy(s, residual, (size_t)(m * n) * sizeof(float));
  memcpy(t, residual, (size_t)(m * n) * sizeof(float));
  neon->layer_norm(s, n, m, n, bias, bias, 1e-3f);
  scalar->layer_norm(t, n, m, n, bias, bias, 1e-3f);
  compare("layer_norm", s, t, m * n, 1e-4);
  for (intptr_t i = 0; i < m * n; i++) s[i] = t[i] = residual[i] * 6;
  neon->gelu(s, m * n);
  scalar->gelu(t, m * n);
  compare("gelu", s, t, m * n, 4e-6);

  int8_t *codes = malloc((size_t)(m * k)), *query = malloc((size_t)k);
  for (intptr_t i = 0; i < m * k; i++) codes[i] = (int8_t)(next() % 256 - 128);
  for (intptr_t i = 0; i < k; i++) query[i] = (int8_t)(next() % 256 - 128);
  float *scales = floats(m), *u = floats(m), *v = floats(m);
  neon->scan(query, 0.1f, codes, scales, m, k, u);
  scalar->scan(query, 0.1f, codes, scales, m, k, v);
  compare("scan", u, v, m, 0);

  float *all[] = {a, w, bias, residual, p, q, c, d, s, t, scales, u, v};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
  free(codes);
  free(query);
}

int main(void) {
  const ck_kernels *neon = ck_kernels_for(CK_NEON), *scalar = ck_kernels_for(CK_SCALAR);
  if (!neon || !scalar) {
    printf("no NEON kernels in this build\n");
    return 1;
  }
  for (int index = 0; index < 300; index++) trial(neon, scalar, index);
  check_decoder();
  printf("%s\n", failures ? "NEON differs from the reference" : "300 trials agree");
  return failures ? 1 : 0;
}

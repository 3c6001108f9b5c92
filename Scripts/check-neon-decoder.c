// Compares the decoder's NEON kernels with the scalar reference on random shapes. Part of
// check-neon.c.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ck_decoder.h"
#include "check-neon.h"

static void *bytes_of(size_t count) {
  uint8_t *x = malloc(count + 1);
  for (size_t i = 0; i < count; i++) x[i] = (uint8_t)next();
  return x;
}

static ck_activations activations(intptr_t count) {
  ck_activations a = {bytes_of((size_t)count * 32), malloc((size_t)count * 4),
                      malloc((size_t)count * 4), malloc((size_t)count * 4)};
  return a;
}

static void release(ck_activations a) {
  free(a.codes);
  free(a.scales);
  free(a.starts);
  free(a.offsets);
}

static void products(const ck_decoder_kernels *neon, const ck_decoder_kernels *scalar, int index) {
  const intptr_t m = 1 + next() % 14, n = 1 + next() % 100, k = 1 + next() % 150;
  const intptr_t groups = (k + 31) / 32, panels = (n + 31) / 32;
  float *x = floats(m * k), *w = floats(n * k), *bias = floats(n);
  ck_activations a = activations(m * groups), b = activations(m * groups);
  neon->quantize(x, k, m, k, a);
  scalar->quantize(x, k, m, k, b);
  if (memcmp(a.codes, b.codes, (size_t)(m * groups * 32))) fail("quantize: codes differ");
  compare("quantize: scales", a.scales, b.scales, m * groups, 0);
  compare("quantize: offsets", a.offsets, b.offsets, m * groups, 0);
  if (memcmp(a.starts, b.starts, (size_t)(m * groups * 4))) fail("quantize: starts differ");
  const int format = index % 2 ? CK_INT8 : CK_INT4;
  const intptr_t size = groups * (format == CK_INT8 ? CK_INT8_BLOCK : CK_INT4_BLOCK);
  uint8_t *packed = calloc((size_t)(panels * size), 1);
  for (intptr_t i = 0; i < n; i++)
    if (!ck_pack_output(w + i * k, k, format, packed + i / 32 * size, (int)(i % 32)))
      fail("pack: refused");
  float *c = floats(m * n), *d = copy(c, m * n);
  ck_quantized_product p = {.x = a, .panels = packed, .c = c, .ldc = n, .ldr = n,
                            .m = m, .n = n, .groups = groups, .format = format};
  if (index % 3) p.bias = bias;
  if (index % 5) p.residual = c;
  neon->multiply(&p);
  p.c = d;
  if (p.residual) p.residual = d;
  scalar->multiply(&p);
  compare("multiply", c, d, m * n, 0);
  release(a);
  release(b);
  void *all[] = {x, w, bias, packed, c, d};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

static void layers(const ck_decoder_kernels *neon, const ck_decoder_kernels *scalar) {
  const intptr_t m = 1 + next() % 4, n = 2 * (1 + next() % 60);
  float *x = floats(m * n), *w = floats(n), *y = floats(m * n), *z = copy(y, m * n);
  neon->rms_norm(x, n, y, n, m, n, w, 1, 1e-5f);
  scalar->rms_norm(x, n, z, n, m, n, w, 1, 1e-5f);
  compare("rms_norm", y, z, m * n, 1e-5);
  for (intptr_t i = 0; i < m * n; i++) x[i] *= 8;
  neon->silu_multiply(x, y, y, n);
  scalar->silu_multiply(x, z, z, n);
  compare("silu_multiply", y, z, n, 1e-4);
  neon->gelu_multiply(x, y, y, n);
  scalar->gelu_multiply(x, z, z, n);
  compare("gelu_multiply", y, z, n, 1e-2);
  float *u = copy(x, n), *v = copy(x, n);
  for (int interleaved = 0; interleaved < 2; interleaved++) {
    neon->rotate(u, w, w + n / 2, n / 2, interleaved);
    scalar->rotate(v, w, w + n / 2, n / 2, interleaved);
    compare("rotate", u, v, n, 1e-5);
  }
  uint16_t *h = malloc((size_t)n * 2), *g = malloc((size_t)n * 2);
  for (intptr_t i = 0; i < n; i++) u[i] = ldexpf(x[i], (int)(next() % 45) - 30);
  neon->to_half(u, h, n);
  scalar->to_half(u, g, n);
  if (memcmp(h, g, (size_t)n * 2)) fail("to_half differs");
  for (intptr_t i = 0; i < n; i++) u[i] = (float)(next() % 4);
  if (next() % 2) u[next() % n] = NAN;
  if (neon->argmax(u, n) != scalar->argmax(u, n)) fail("argmax differs");
  void *all[] = {x, w, y, z, u, v, h, g};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

static void attention(const ck_decoder_kernels *neon, const ck_decoder_kernels *scalar, int index) {
  const intptr_t head = 1 + next() % (index % 4 ? 70 : 300), stride = (head + 15) / 16 * 16;
  const intptr_t tokens = 1 + next() % 9, group = 1 + next() % 4, rows = tokens * group;
  const intptr_t first = next() % 600, panels = (first + tokens + 31) / 32;
  const int half = index % 2;
  float *q = floats(rows * head), *keys = floats(panels * 32 * head);
  float *values = floats(panels * 32 * stride);
  uint16_t *half_keys = malloc((size_t)(panels * 32 * head) * 2);
  uint16_t *half_values = malloc((size_t)(panels * 32 * stride) * 2);
  scalar->to_half(keys, half_keys, panels * 32 * head);
  scalar->to_half(values, half_values, panels * 32 * stride);
  const intptr_t chunks = (first + tokens - 1) / CK_ATTEND_CHUNK + 1;
  float *scratch = floats(CK_ATTEND_PARTIAL + CK_ATTEND_ROWS * stride);
  float *sums[2], *tops[2], *totals[2];
  for (int i = 0; i < 2; i++) {
    sums[i] = floats(rows * stride);
    tops[i] = floats(rows);
    totals[i] = floats(rows);
    const ck_attend a = {.queries = q, .ldq = group * head, .tokens = tokens, .group = group,
                         .head = head, .first = first,
                         .window = index % 3 ? INTPTR_MAX : 41,
                         .chunk = 0, .chunks = chunks,
                         .keys = half ? (const void *)half_keys : keys,
                         .values = half ? (const void *)half_values : values,
                         .panels = panels, .stride = stride, .half = half, .scale = 0.4f,
                         .softcap = index % 5 ? 0 : 3, .scratch = scratch,
                         .sums = sums[i], .tops = tops[i], .totals = totals[i]};
    (i ? scalar : neon)->attend(&a);
    for (intptr_t row = 0; row < rows; row++)
      for (intptr_t j = 0; j < stride; j++)
        sums[i][row * stride + j] = j < head ? sums[i][row * stride + j] / totals[i][row] : 0;
  }
  compare("attend: tops", tops[0], tops[1], rows, 1e-4);
  compare("attend", sums[0], sums[1], rows * stride, 2e-5);
  void *all[] = {q, keys, values, half_keys, half_values, scratch, sums[0], sums[1], tops[0],
                 tops[1], totals[0], totals[1]};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

static void encodings(const ck_decoder_kernels *neon, const ck_decoder_kernels *scalar) {
  static const int kinds[] = {CK_F32, CK_F16, CK_BF16, CK_Q4_0, CK_Q4_1, CK_Q5_0,
                              CK_Q5_1, CK_Q8_0, CK_Q4_K, CK_Q5_K, CK_Q6_K};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const intptr_t count = ck_block_values(kinds[i]) * (intptr_t)(1 + next() % 9);
    uint8_t *bytes = bytes_of((size_t)(count / ck_block_values(kinds[i]) * ck_block_bytes(kinds[i])));
    float *a = floats(count), *b = floats(count);
    neon->dequantize(kinds[i], bytes, count, a);
    scalar->dequantize(kinds[i], bytes, count, b);
    for (intptr_t j = 0; j < count; j++)
      if (a[j] == a[j] ? memcmp(a + j, b + j, 4) : b[j] == b[j]) fail("dequantize differs");
    free(bytes);
    free(a);
    free(b);
  }
}

void check_decoder(void) {
  const ck_decoder_kernels *neon = ck_decoder_kernels_for(CK_NEON);
  const ck_decoder_kernels *scalar = ck_decoder_kernels_for(CK_SCALAR);
  if (!neon || !scalar) {
    fail("no NEON kernels of the decoder in this build");
    return;
  }
  for (int index = 0; index < 120; index++) {
    products(neon, scalar, index);
    layers(neon, scalar);
    attention(neon, scalar, index);
    encodings(neon, scalar);
  }
}

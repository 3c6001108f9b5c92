// The reference of the decoder's inner loops: plain C that says what each means.
#include <math.h>

#include "dequantize.h"

static float weight_half(const uint8_t *bytes, int output) {
  return half_at(bytes + 2 * output);
}

// The order of the sums is part of the meaning: all versions give the same bits.
static void multiply(const ck_quantized_product *p) {
  const intptr_t size = p->format == CK_INT8 ? CK_INT8_BLOCK : CK_INT4_BLOCK;
  for (intptr_t row = 0; row < p->m; row++) {
    for (intptr_t output = 0; output < p->n; output++) {
      const int lane = (int)(output % CK_PANEL_WIDTH);
      const uint8_t *block = p->panels + output / CK_PANEL_WIDTH * p->groups * size;
      float sum = 0;
      for (intptr_t group = 0; group < p->groups; group++, block += size) {
        const intptr_t index = row * p->groups + group;
        const int8_t *x = p->x.codes + index * CK_GROUP;
        int32_t products = 0;
        if (p->format == CK_INT8) {
          for (int i = 0; i < CK_GROUP; i++)
            products += x[i] * (block[i / 4 * 128 + lane * 4 + i % 4] - 128);
          const float scale = weight_half(block + 1024, lane) * p->x.scales[index];
          sum = fmaf((float)products, scale, sum);
        } else {
          const int shift = lane < 16 ? 0 : 4;
          for (int i = 0; i < CK_GROUP; i++)
            products += x[i] * (block[i / 4 * 64 + lane % 16 * 4 + i % 4] >> shift & 15);
          const float scale = weight_half(block + 512, lane) * p->x.scales[index];
          sum = fmaf((float)products, scale, sum);
          sum = fmaf(weight_half(block + 576, lane), p->x.offsets[index], sum);
        }
      }
      if (p->bias) sum += p->bias[output];
      if (p->residual) sum += p->residual[row * p->ldr + output];
      p->c[row * p->ldc + output] = sum;
    }
  }
}

static void rms_norm(const float *x, intptr_t ldx, float *y, intptr_t ldy, intptr_t m, intptr_t n,
                     const float *weight, float shift, float epsilon) {
  for (intptr_t i = 0; i < m; i++, x += ldx, y += ldy) {
    float squares = 0;
    for (intptr_t j = 0; j < n; j++) squares += x[j] * x[j];
    const float factor = 1.0f / sqrtf(squares / (float)n + epsilon);
    for (intptr_t j = 0; j < n; j++) y[j] = x[j] * factor * (weight[j] + shift);
  }
}

static void silu_multiply(const float *gate, const float *up, float *out, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) out[i] = gate[i] / (1.0f + expf(-gate[i])) * up[i];
}

static void gelu_multiply(const float *gate, const float *up, float *out, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) {
    const float x = gate[i], inner = CK_SQRT_2_PI * (x + 0.044715f * x * x * x);
    out[i] = 0.5f * x * (1.0f + tanhf(inner)) * up[i];
  }
}

static void rotate(float *x, const float *cosines, const float *sines, intptr_t pairs,
                   int interleaved) {
  const intptr_t step = interleaved ? 2 : 1, distance = interleaved ? 1 : pairs;
  for (intptr_t i = 0; i < pairs; i++, x += step) {
    const float a = x[0], b = x[distance];
    x[0] = a * cosines[i] - b * sines[i];
    x[distance] = b * cosines[i] + a * sines[i];
  }
}

static float cached(const void *values, intptr_t index, int half) {
  return half ? ck_from_half(((const uint16_t *)values)[index]) : ((const float *)values)[index];
}

static void merge(float *sums, float *top, float *total, const float *b_sums, float b_top,
                  float b_total, intptr_t stride) {
  if (b_total == 0) return;
  const float highest = fmaxf(*top, b_top);
  const float a_factor = *total == 0 ? 0 : expf(*top - highest), b_factor = expf(b_top - highest);
  for (intptr_t i = 0; i < stride; i++) sums[i] = sums[i] * a_factor + b_sums[i] * b_factor;
  *total = *total * a_factor + b_total * b_factor;
  *top = highest;
}

// One row over the positions from … to of one chunk.
static void attend_chunk(const ck_attend *a, const float *query, intptr_t from, intptr_t to,
                         float *sums, float *top, float *total) {
  float *powers = a->scratch;
  *top = -INFINITY;
  *total = 0;
  for (intptr_t position = from; position < to; position++) {
    const intptr_t panel = position / CK_PANEL_WIDTH % a->panels;
    float score = 0;
    for (intptr_t i = 0; i < a->head; i++)
      score += query[i] * cached(a->keys, (panel * a->head + i) * CK_PANEL_WIDTH +
                                              position % CK_PANEL_WIDTH, a->half);
    score *= a->scale;
    if (a->softcap > 0) score = a->softcap * tanhf(score / a->softcap);
    powers[position - from] = score;
    *top = fmaxf(*top, score);
  }
  for (intptr_t i = 0; i < a->stride; i++) sums[i] = 0;
  for (intptr_t position = from; position < to; position++) {
    const float power = expf(powers[position - from] - *top);
    const intptr_t place = position % (a->panels * CK_PANEL_WIDTH) * a->stride;
    for (intptr_t i = 0; i < a->head; i++) sums[i] += power * cached(a->values, place + i, a->half);
    *total += power;
  }
}

static void attend(const ck_attend *a) {
  float *partial = a->scratch + CK_ATTEND_PARTIAL;
  for (intptr_t row = 0; row < a->tokens * a->group; row++) {
    const intptr_t token = row / a->group, end = a->first + token + 1;
    const intptr_t start = end > a->window ? end - a->window : 0;
    const float *query = a->queries + token * a->ldq + row % a->group * a->head;
    float *sums = a->sums + row * a->stride;
    for (intptr_t i = 0; i < a->stride; i++) sums[i] = 0;
    a->tops[row] = -INFINITY;
    a->totals[row] = 0;
    for (intptr_t chunk = a->chunk; chunk < a->chunk + a->chunks; chunk++) {
      intptr_t from = chunk * CK_ATTEND_CHUNK, to = from + CK_ATTEND_CHUNK;
      if (from < start) from = start;
      if (to > end) to = end;
      if (from >= to) continue;
      float top, total;
      attend_chunk(a, query, from, to, partial, &top, &total);
      merge(sums, a->tops + row, a->totals + row, partial, top, total, a->stride);
    }
  }
}

static void to_half(const float *x, uint16_t *y, intptr_t n) {
  for (intptr_t i = 0; i < n; i++) y[i] = ck_to_half(x[i]);
}

static intptr_t argmax(const float *x, intptr_t n) {
  intptr_t best = -1;
  for (intptr_t i = 0; i < n; i++)
    if (x[i] == x[i] && (best < 0 || x[i] > x[best])) best = i;
  return best;
}

const ck_decoder_kernels ck_decoder_scalar_kernels = {
    .variant = CK_SCALAR,
    .quantize = quantize_rows,
    .multiply = multiply,
    .rms_norm = rms_norm,
    .silu_multiply = silu_multiply,
    .gelu_multiply = gelu_multiply,
    .rotate = rotate,
    .attend = attend,
    .merge = merge,
    .to_half = to_half,
    .dequantize = dequantize_blocks,
    .argmax = argmax,
};

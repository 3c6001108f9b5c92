// The decoder's inner loops over vectors. Included once for each instruction set, which before has
// defined, in simd_*.h, vectors of LANES floats, and
//   Q_ROWS                     rows of a tile of a quantised product
//   F_ROWS, F_VECTORS          rows and vectors of a tile of attention
//   vint, vbytes, codes8, codes4
//   broadcast4(x)              four activations, in every 32-bit lane
//   load_codes8(p)             weights of LANES outputs, four inputs each
//   load_codes4(p, low, high)  weights of two times LANES outputs
//   start8(start), start4()    what a sum of a group begins with
//   dot8(sum, w, x), dot4(sum, w, x)
//   finish4(sum)
//   to_float(sum)
#ifndef CK_DECODER_VECTOR_H
#define CK_DECODER_VECTOR_H

#include "dequantize.h"

enum {
  // Activations of one pass over the panels: they stay in the second-level cache.
  PASS_BYTES = 512 << 10,
  // Panels of one pass over the activations: they stay there too.
  GROUP_BYTES = 400 << 10,
  // Where few rows make the weights pass by as fast as memory gives them, they are asked for this
  // far ahead: across pages, where the processor does not do so itself.
  AHEAD = 4096,
  // A panel is taken as pairs of vectors: outputs v … and 16 + v ….
  PAIRS = 16 / LANES,
};

// MARK: Quantised products

// Rows [row, row + rows) of one pair of vectors of a panel.
CK_INLINE CK_TARGET void quantized_tile(const int rows, const int format,
                                        const ck_quantized_product *p, intptr_t row,
                                        intptr_t panel, int pair) {
  const intptr_t groups = p->groups;
  const int size = format == CK_INT8 ? CK_INT8_BLOCK : CK_INT4_BLOCK;
  const int scales_at = format == CK_INT8 ? 1024 : 512;
  const uint8_t *block = p->panels + panel * groups * size;
  const int8_t *x[Q_ROWS];
  vfloat sum[Q_ROWS][2];
  CK_UNROLL for (int r = 0; r < rows; r++) {
    sum[r][0] = sum[r][1] = v_set(0);
    x[r] = p->x.codes + (row + r) * groups * CK_GROUP;
  }
  const float *scales = p->x.scales + row * groups, *offsets = p->x.offsets + row * groups;
  const int32_t *starts = p->x.starts + row * groups;
  for (intptr_t group = 0; group < groups; group++, block += size) {
    vint part[Q_ROWS][2];
    if (rows <= 2) {
      CK_UNROLL for (int line = 0; line < size / PAIRS; line += 64)
        __builtin_prefetch(block + AHEAD + pair * size / PAIRS + line);
    }
    CK_UNROLL for (int r = 0; r < rows; r++)
      part[r][0] = part[r][1] = format == CK_INT8 ? start8(starts[r * groups + group]) : start4();
    CK_UNROLL for (int step = 0; step < 8; step++) {
      if (format == CK_INT8) {
        const uint8_t *codes = block + step * 128 + pair * 4 * LANES;
        const codes8 w0 = load_codes8(codes), w1 = load_codes8(codes + 64);
        CK_UNROLL for (int r = 0; r < rows; r++) {
          const vbytes value = broadcast4(x[r] + group * CK_GROUP + step * 4);
          part[r][0] = dot8(part[r][0], w0, value);
          part[r][1] = dot8(part[r][1], w1, value);
          if (rows > 1) CK_PIN(part[r][0], part[r][1]);
        }
      } else {
        codes4 w0, w1;
        load_codes4(block + step * 64 + pair * 4 * LANES, &w0, &w1);
        CK_UNROLL for (int r = 0; r < rows; r++) {
          const vbytes value = broadcast4(x[r] + group * CK_GROUP + step * 4);
          part[r][0] = dot4(part[r][0], w0, value);
          part[r][1] = dot4(part[r][1], w1, value);
          if (rows > 1) CK_PIN(part[r][0], part[r][1]);
        }
      }
    }
    const uint8_t *halves = block + scales_at + pair * 2 * LANES;
    const vfloat d0 = load_half(halves), d1 = load_half(halves + 32);
    CK_UNROLL for (int r = 0; r < rows; r++) {
      const vfloat scale = v_set(scales[r * groups + group]);
      if (format == CK_INT4) {
        part[r][0] = finish4(part[r][0]);
        part[r][1] = finish4(part[r][1]);
      }
      sum[r][0] = v_fma(to_float(part[r][0]), v_mul(d0, scale), sum[r][0]);
      sum[r][1] = v_fma(to_float(part[r][1]), v_mul(d1, scale), sum[r][1]);
    }
    if (format == CK_INT4) {
      const vfloat m0 = load_half(halves + 64), m1 = load_half(halves + 96);
      CK_UNROLL for (int r = 0; r < rows; r++) {
        const vfloat offset = v_set(offsets[r * groups + group]);
        sum[r][0] = v_fma(m0, offset, sum[r][0]);
        sum[r][1] = v_fma(m1, offset, sum[r][1]);
      }
    }
  }
  CK_UNROLL for (int half = 0; half < 2; half++) {
    const intptr_t first = panel * CK_PANEL_WIDTH + half * 16 + pair * LANES;
    const intptr_t count = p->n - first;
    if (count <= 0) continue;
    CK_UNROLL for (int r = 0; r < rows; r++) {
      vfloat value = sum[r][half];
      if (p->bias) value = v_add(value, load_first(p->bias + first, count));
      if (p->residual)
        value = v_add(value, load_first(p->residual + (row + r) * p->ldr + first, count));
      store_first(p->c + (row + r) * p->ldc + first, count, value);
    }
  }
}

#define CK_QUANTIZED_TILE(rows)                                                                \
  static CK_TARGET __attribute__((noinline)) void quantized_tile8_##rows(                      \
      const ck_quantized_product *p, intptr_t row, intptr_t panel, int pair) {                 \
    quantized_tile(rows, CK_INT8, p, row, panel, pair);                                        \
  }                                                                                            \
  static CK_TARGET __attribute__((noinline)) void quantized_tile4_##rows(                      \
      const ck_quantized_product *p, intptr_t row, intptr_t panel, int pair) {                 \
    quantized_tile(rows, CK_INT4, p, row, panel, pair);                                        \
  }
typedef void (*quantized_tile_function)(const ck_quantized_product *, intptr_t, intptr_t, int);
CK_QUANTIZED_TILE(1) CK_QUANTIZED_TILE(2)
#if Q_ROWS >= 3
CK_QUANTIZED_TILE(3)
#endif
#if Q_ROWS >= 4
CK_QUANTIZED_TILE(4)
#endif
#if Q_ROWS >= 6
CK_QUANTIZED_TILE(5) CK_QUANTIZED_TILE(6)
#endif

static CK_TARGET void multiply(const ck_quantized_product *p) {
  static const quantized_tile_function tiles[2][Q_ROWS + 1] = {
      {0, quantized_tile8_1, quantized_tile8_2,
#if Q_ROWS >= 3
       quantized_tile8_3,
#endif
#if Q_ROWS >= 4
       quantized_tile8_4,
#endif
#if Q_ROWS >= 6
       quantized_tile8_5, quantized_tile8_6,
#endif
      },
      {0, quantized_tile4_1, quantized_tile4_2,
#if Q_ROWS >= 3
       quantized_tile4_3,
#endif
#if Q_ROWS >= 4
       quantized_tile4_4,
#endif
#if Q_ROWS >= 6
       quantized_tile4_5, quantized_tile4_6,
#endif
      }};
  const quantized_tile_function *tile = tiles[p->format == CK_INT8 ? 0 : 1];
  intptr_t pass = PASS_BYTES / (p->groups * CK_GROUP) / Q_ROWS * Q_ROWS;
  if (pass < 4 * Q_ROWS) pass = 4 * Q_ROWS;
  const intptr_t panels = (p->n + CK_PANEL_WIDTH - 1) / CK_PANEL_WIDTH;
  intptr_t group = GROUP_BYTES / (p->groups * (p->format == CK_INT8 ? CK_INT8_BLOCK : CK_INT4_BLOCK));
  if (group < 1) group = 1;
  for (intptr_t start = 0; start < p->m; start += pass) {
    const intptr_t end = start + pass < p->m ? start + pass : p->m;
    for (intptr_t first = 0; first < panels; first += group) {
      const intptr_t last = first + group < panels ? first + group : panels;
      for (intptr_t row = start; row < end;) {
        const intptr_t left = end - row;
        const intptr_t count =
            left <= Q_ROWS ? left : left < 2 * Q_ROWS ? (left + 1) / 2 : Q_ROWS;
        for (intptr_t panel = first; panel < last; panel++)
          for (int pair = 0; pair < PAIRS; pair++) tile[count](p, row, panel, pair);
        row += count;
      }
    }
  }
}

// MARK: Layers

static CK_TARGET void rms_norm(const float *x, intptr_t ldx, float *y, intptr_t ldy, intptr_t m,
                               intptr_t n, const float *weight, float shift, float epsilon) {
  const vfloat shifts = v_set(shift);
  for (intptr_t i = 0; i < m; i++, x += ldx, y += ldy) {
    vfloat squares = v_set(0);
    for (intptr_t j = 0; j < n; j += LANES) {
      const vfloat value = load_first(x + j, n - j);
      squares = v_fma(value, value, squares);
    }
    const vfloat factor = v_set(1.0f / __builtin_sqrtf(sum_of(squares) / (float)n + epsilon));
    for (intptr_t j = 0; j < n; j += LANES) {
      const vfloat value = v_mul(load_first(x + j, n - j), factor);
      store_first(y + j, n - j, v_mul(value, v_add(load_first(weight + j, n - j), shifts)));
    }
  }
}

// x / (1 + exp(−y)).
CK_INLINE CK_TARGET vfloat gated(vfloat x, vfloat y) {
  return v_div(x, v_add(v_set(1), exp_of(v_sub(v_set(0), y))));
}

static CK_TARGET void silu_multiply(const float *gate, const float *up, float *out, intptr_t n) {
  for (intptr_t i = 0; i < n; i += LANES) {
    const vfloat x = load_first(gate + i, n - i);
    store_first(out + i, n - i, v_mul(gated(x, x), load_first(up + i, n - i)));
  }
}

// (1 + tanh(y)) / 2 = 1 / (1 + exp(−2y)).
static CK_TARGET void gelu_multiply(const float *gate, const float *up, float *out, intptr_t n) {
  for (intptr_t i = 0; i < n; i += LANES) {
    const vfloat x = load_first(gate + i, n - i);
    const vfloat cubic = v_fma(v_mul(x, x), v_set(0.044715f), v_set(1));
    const vfloat y = v_mul(v_mul(x, cubic), v_set(2 * CK_SQRT_2_PI));
    store_first(out + i, n - i, v_mul(gated(x, y), load_first(up + i, n - i)));
  }
}

static CK_TARGET void rotate(float *x, const float *cosines, const float *sines, intptr_t pairs,
                             int interleaved) {
  if (interleaved) {
    for (intptr_t i = 0; i < pairs; i++) {
      const float a = x[2 * i], b = x[2 * i + 1];
      x[2 * i] = a * cosines[i] - b * sines[i];
      x[2 * i + 1] = b * cosines[i] + a * sines[i];
    }
    return;
  }
  for (intptr_t i = 0; i < pairs; i += LANES) {
    const intptr_t count = pairs - i;
    const vfloat a = load_first(x + i, count), b = load_first(x + pairs + i, count);
    const vfloat c = load_first(cosines + i, count), s = load_first(sines + i, count);
    store_first(x + i, count, v_sub(v_mul(a, c), v_mul(b, s)));
    store_first(x + pairs + i, count, v_fma(b, c, v_mul(a, s)));
  }
}

static CK_TARGET void to_half(const float *x, uint16_t *y, intptr_t n) {
  intptr_t i = 0;
  for (; i + LANES <= n; i += LANES) store_half(y + i, v_load(x + i));
  for (; i < n; i++) y[i] = ck_to_half(x[i]);
}

static CK_TARGET void dequantize(int encoding, const uint8_t *bytes, intptr_t count, float *out) {
  if (encoding != CK_F16) {
    dequantize_blocks(encoding, bytes, count, out);
    return;
  }
  intptr_t i = 0;
  for (; i + LANES <= count; i += LANES) v_store(out + i, load_half(bytes + 2 * i));
  for (; i < count; i++) out[i] = half_at(bytes + 2 * i);
}

static CK_TARGET intptr_t argmax(const float *x, intptr_t n) {
  enum { BLOCK = 64 * LANES };
  float best = -__builtin_inff();
  intptr_t from = -1;
  for (intptr_t start = 0; start < n; start += BLOCK) {
    const intptr_t end = start + BLOCK < n ? start + BLOCK : n;
    vfloat tops = v_set(-__builtin_inff());
    intptr_t i = start;
    for (; i + LANES <= end; i += LANES) tops = v_max(v_load(x + i), tops);
    float top = max_of(tops);
    for (; i < end; i++) top = x[i] > top ? x[i] : top;
    if (top > best) {
      best = top;
      from = start;
    }
  }
  // Where nothing is above −∞, the first that is a number.
  for (intptr_t i = from < 0 ? 0 : from; i < n; i++)
    if (x[i] == best) return i;
  return -1;
}

// MARK: Attention

// Scores of `rows` queries with the 32 positions of one key panel. `start` is the first value of a
// head that is taken, of at most CK_ATTEND_HEAD; what came before is added to.
CK_INLINE CK_TARGET void score_tile(const int rows, const int half, const ck_attend *a,
                                    const char *panel, intptr_t start, float *scores) {
  const intptr_t left = a->head - start, count = left < CK_ATTEND_HEAD ? left : CK_ATTEND_HEAD;
  const intptr_t size = half ? 2 : 4;
  const float *queries = a->scratch + CK_ATTEND_QUERIES;
  panel += start * CK_PANEL_WIDTH * size;
  for (int column = 0; column < CK_PANEL_WIDTH; column += F_VECTORS * LANES) {
    vfloat sum[F_ROWS][F_VECTORS];
    CK_UNROLL for (int r = 0; r < rows; r++)
      CK_UNROLL for (int v = 0; v < F_VECTORS; v++)
        sum[r][v] = start > 0 ? v_load(scores + r * CK_ATTEND_CHUNK + column + v * LANES) : v_set(0);
    const char *line = panel + column * size;
    for (intptr_t i = 0; i < count; i++, line += CK_PANEL_WIDTH * size) {
      vfloat keys[F_VECTORS];
      if (rows < F_ROWS) {
        CK_UNROLL for (int at = 0; at < F_VECTORS * LANES * size; at += 64)
          __builtin_prefetch(line + AHEAD + at);
      }
      CK_UNROLL for (int v = 0; v < F_VECTORS; v++)
        keys[v] = half ? load_half((const uint16_t *)line + v * LANES)
                       : v_load((const float *)line + v * LANES);
      CK_UNROLL for (int r = 0; r < rows; r++) {
        const vfloat query = v_set(queries[r * CK_ATTEND_HEAD + i]);
        CK_UNROLL for (int v = 0; v < F_VECTORS; v++) sum[r][v] = v_fma(query, keys[v], sum[r][v]);
      }
    }
    CK_UNROLL for (int r = 0; r < rows; r++)
      CK_UNROLL for (int v = 0; v < F_VECTORS; v++)
        v_store(scores + r * CK_ATTEND_CHUNK + column + v * LANES, sum[r][v]);
  }
}

// Σ power · value over the positions from … to of a chunk, `vectors` vectors of the values from
// `column` on.
CK_INLINE CK_TARGET void value_tile(const int rows, const int vectors, const int half,
                                    const ck_attend *a, intptr_t from, intptr_t to,
                                    intptr_t column, float *out) {
  vfloat sum[F_ROWS][F_VECTORS];
  CK_UNROLL for (int r = 0; r < rows; r++)
    CK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = v_set(0);
  for (intptr_t start = from; start < to;) {
    const intptr_t next = (start / CK_PANEL_WIDTH + 1) * CK_PANEL_WIDTH;
    const intptr_t end = next < to ? next : to;
    const intptr_t place = start / CK_PANEL_WIDTH % a->panels * CK_PANEL_WIDTH + start % CK_PANEL_WIDTH;
    const float *powers = a->scratch + start % CK_ATTEND_CHUNK;
    intptr_t at = place * a->stride + column;
    for (intptr_t i = 0; i < end - start; i++, at += a->stride) {
      vfloat values[F_VECTORS];
      if (rows < F_ROWS) {
        const char *line = (const char *)a->values + at * (half ? 2 : 4);
        CK_UNROLL for (int byte = 0; byte < vectors * LANES * (half ? 2 : 4); byte += 64)
          __builtin_prefetch(line + AHEAD + byte);
      }
      CK_UNROLL for (int v = 0; v < vectors; v++)
        values[v] = half ? load_half((const uint16_t *)a->values + at + v * LANES)
                         : v_load((const float *)a->values + at + v * LANES);
      CK_UNROLL for (int r = 0; r < rows; r++) {
        const vfloat power = v_set(powers[r * CK_ATTEND_CHUNK + i]);
        CK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = v_fma(power, values[v], sum[r][v]);
      }
    }
    start = end;
  }
  CK_UNROLL for (int r = 0; r < rows; r++)
    CK_UNROLL for (int v = 0; v < vectors; v++)
      v_store(out + r * a->stride + column + v * LANES, sum[r][v]);
}

// Some rows over the positions from … to, all in one chunk.
typedef struct attend_tile {
  const ck_attend *a;
  const float *queries[F_ROWS];
  intptr_t from, to;
  float *partial;
} attend_tile;

CK_INLINE CK_TARGET void scores_of(const int rows, const int half, const attend_tile *t) {
  const ck_attend *a = t->a;
  const intptr_t size = a->head * CK_PANEL_WIDTH * (half ? 2 : 4);
  for (intptr_t start = 0; start < a->head; start += CK_ATTEND_HEAD) {
    // Queries side by side at a distance that is known beforehand.
    const intptr_t left = a->head - start, count = left < CK_ATTEND_HEAD ? left : CK_ATTEND_HEAD;
    for (int r = 0; r < rows; r++)
      for (intptr_t i = 0; i < count; i += LANES)
        store_first(a->scratch + CK_ATTEND_QUERIES + r * CK_ATTEND_HEAD + i, count - i,
                    load_first(t->queries[r] + start + i, count - i));
    for (intptr_t panel = t->from / CK_PANEL_WIDTH; panel * CK_PANEL_WIDTH < t->to; panel++)
      score_tile(rows, half, a, (const char *)a->keys + panel % a->panels * size, start,
                 a->scratch + panel * CK_PANEL_WIDTH % CK_ATTEND_CHUNK);
  }
}

CK_INLINE CK_TARGET void values_of(const int rows, const int half, const attend_tile *t) {
  const ck_attend *a = t->a;
  intptr_t column = 0;
  for (; column + F_VECTORS * LANES <= a->stride; column += F_VECTORS * LANES)
    value_tile(rows, F_VECTORS, half, a, t->from, t->to, column, t->partial);
  // The stride is a multiple of 16.
  if (column < a->stride) value_tile(rows, 16 / LANES, half, a, t->from, t->to, column, t->partial);
}

#define CK_ATTEND_TILE(rows)                                                                   \
  static CK_TARGET __attribute__((noinline)) void scores16_##rows(const attend_tile *t) {      \
    scores_of(rows, 1, t);                                                                     \
  }                                                                                            \
  static CK_TARGET __attribute__((noinline)) void scores32_##rows(const attend_tile *t) {      \
    scores_of(rows, 0, t);                                                                     \
  }                                                                                            \
  static CK_TARGET __attribute__((noinline)) void values16_##rows(const attend_tile *t) {      \
    values_of(rows, 1, t);                                                                     \
  }                                                                                            \
  static CK_TARGET __attribute__((noinline)) void values32_##rows(const attend_tile *t) {      \
    values_of(rows, 0, t);                                                                     \
  }
CK_ATTEND_TILE(1) CK_ATTEND_TILE(2) CK_ATTEND_TILE(3)
CK_ATTEND_TILE(4) CK_ATTEND_TILE(5) CK_ATTEND_TILE(6)
#if F_ROWS == 12
CK_ATTEND_TILE(7) CK_ATTEND_TILE(8) CK_ATTEND_TILE(9)
CK_ATTEND_TILE(10) CK_ATTEND_TILE(11) CK_ATTEND_TILE(12)
#define CK_ATTEND_TABLE(name)                                                       \
  {                                                                                 \
    0, name##1, name##2, name##3, name##4, name##5, name##6, name##7, name##8, name##9, \
        name##10, name##11, name##12                                                \
  }
#else
#define CK_ATTEND_TABLE(name) \
  { 0, name##1, name##2, name##3, name##4, name##5, name##6 }
#endif
typedef void (*attend_function)(const attend_tile *);

// Scores of one row become powers; those that the row does not see become 0.
CK_INLINE CK_TARGET void powers_of(const ck_attend *a, float *scores, intptr_t from, intptr_t to,
                                   intptr_t begin, intptr_t end, float *top, float *total) {
  vfloat scale = v_set(a->scale);
  if (a->softcap > 0) {
    // cap · tanh(y) = cap − 2 · cap / (1 + exp(2y)).
    const vfloat cap = v_set(a->softcap), double_cap = v_set(2 * a->softcap);
    const vfloat factor = v_set(2 * a->scale / a->softcap);
    for (intptr_t j = begin; j < end; j += LANES) {
      const vfloat power = exp_of(v_mul(v_load(scores + j), factor));
      v_store(scores + j, v_sub(cap, v_div(double_cap, v_add(power, v_set(1)))));
    }
    scale = v_set(1);
  }
  for (intptr_t j = begin; j < from; j++) scores[j] = -__builtin_inff();
  for (intptr_t j = to; j < end; j++) scores[j] = -__builtin_inff();
  vfloat tops = v_set(-__builtin_inff());
  for (intptr_t j = begin; j < end; j += LANES) tops = v_max(v_load(scores + j), tops);
  *top = max_of(v_mul(tops, scale));
  const vfloat offset = v_set(-*top);
  vfloat sum = v_set(0);
  for (intptr_t j = begin; j < end; j += LANES) {
    const vfloat power = power_of(v_fma(v_load(scores + j), scale, offset));
    v_store(scores + j, power);
    sum = v_add(sum, power);
  }
  *total = sum_of(sum);
}

static CK_TARGET void merge(float *sums, float *top, float *total, const float *b_sums, float b_top,
                            float b_total, intptr_t stride) {
  if (b_total == 0) return;
  if (*total == 0) {
    for (intptr_t i = 0; i < stride; i += LANES) v_store(sums + i, v_load(b_sums + i));
    *top = b_top;
    *total = b_total;
    return;
  }
  // One of the two factors is 1.
  const float e = first_of(exp_of(v_set(*top > b_top ? b_top - *top : *top - b_top)));
  const float x = *top > b_top ? 1 : e, y = *top > b_top ? e : 1;
  const vfloat xs = v_set(x), ys = v_set(y);
  for (intptr_t i = 0; i < stride; i += LANES)
    v_store(sums + i, v_fma(v_load(sums + i), xs, v_mul(v_load(b_sums + i), ys)));
  *total = *total * x + b_total * y;
  *top = *top > b_top ? *top : b_top;
}

static CK_TARGET void attend(const ck_attend *a) {
  static const attend_function scores[2][F_ROWS + 1] = {CK_ATTEND_TABLE(scores32_),
                                                        CK_ATTEND_TABLE(scores16_)};
  static const attend_function values[2][F_ROWS + 1] = {CK_ATTEND_TABLE(values32_),
                                                        CK_ATTEND_TABLE(values16_)};
  const int half = a->half ? 1 : 0;
  const intptr_t rows = a->tokens * a->group;
  for (intptr_t row = 0; row < rows; row++) {
    a->tops[row] = -__builtin_inff();
    a->totals[row] = 0;
  }
  attend_tile t = {.a = a, .partial = a->scratch + CK_ATTEND_PARTIAL};
  for (intptr_t chunk = a->chunk; chunk < a->chunk + a->chunks; chunk++) {
    const intptr_t base = chunk * CK_ATTEND_CHUNK, limit = base + CK_ATTEND_CHUNK;
    for (intptr_t row = 0; row < rows; row += F_ROWS) {
      const intptr_t count = rows - row < F_ROWS ? rows - row : F_ROWS;
      // What each row sees of this chunk, and what all of them see together.
      intptr_t from[F_ROWS], to[F_ROWS];
      t.from = limit;
      t.to = base;
      for (intptr_t r = 0; r < count; r++) {
        const intptr_t token = (row + r) / a->group, end = a->first + token + 1;
        const intptr_t start = end > a->window ? end - a->window : 0;
        t.queries[r] = a->queries + token * a->ldq + (row + r) % a->group * a->head;
        from[r] = start > base ? start : base;
        to[r] = end < limit ? end : limit;
        if (from[r] >= to[r]) continue;
        if (from[r] < t.from) t.from = from[r];
        if (to[r] > t.to) t.to = to[r];
      }
      if (t.from >= t.to) continue;
      scores[half][count](&t);
      const intptr_t begin = t.from / CK_PANEL_WIDTH * CK_PANEL_WIDTH - base;
      const intptr_t end = (t.to + CK_PANEL_WIDTH - 1) / CK_PANEL_WIDTH * CK_PANEL_WIDTH - base;
      float tops[F_ROWS], totals[F_ROWS];
      for (intptr_t r = 0; r < count; r++) {
        float *line = a->scratch + r * CK_ATTEND_CHUNK;
        if (from[r] < to[r]) {
          powers_of(a, line, from[r] - base, to[r] - base, begin, end, tops + r, totals + r);
        } else {
          for (intptr_t j = begin; j < end; j++) line[j] = 0;
          totals[r] = 0;
        }
      }
      values[half][count](&t);
      for (intptr_t r = 0; r < count; r++)
        merge(a->sums + (row + r) * a->stride, a->tops + row + r, a->totals + row + r,
              t.partial + r * a->stride, tops[r], totals[r], a->stride);
    }
  }
}

#define CK_DECODER_TABLE(name, kind)                   \
  const ck_decoder_kernels name = {.variant = kind,    \
                                   .quantize = quantize_rows, \
                                   .multiply = multiply, \
                                   .rms_norm = rms_norm, \
                                   .silu_multiply = silu_multiply, \
                                   .gelu_multiply = gelu_multiply, \
                                   .rotate = rotate,   \
                                   .attend = attend,   \
                                   .merge = merge,     \
                                   .to_half = to_half, \
                                   .dequantize = dequantize, \
                                   .argmax = argmax}

#endif

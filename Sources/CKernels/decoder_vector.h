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

// Into the second-level cache: more such requests can be under way than to the first.
#define CK_AHEAD(address) __builtin_prefetch(address, 0, 2)

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
        CK_AHEAD(block + pair * size / PAIRS + line + AHEAD);
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

#include "attention_vector.h"

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

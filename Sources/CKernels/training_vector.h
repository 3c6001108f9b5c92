// Training's inner loops over vectors. Included once for each instruction set, which before has
// defined, in simd_*.h, vectors of LANES floats, and
//   P_ROWS  rows of a register tile of a product; a tile is P_WIDTH columns wide
#ifndef CK_TRAINING_VECTOR_H
#define CK_TRAINING_VECTOR_H

#include <math.h>

enum {
  // Parts of b of one pass over the rows: they stay in the second-level cache.
  PRODUCT_BYTES = 400 << 10,
  // Vectors whose sum is taken in single precision before it goes into a double.
  SUM_BLOCK = 64,
};

// MARK: Products

// Rows [row, row + rows) of c, `width` columns from `first` on; the last may be beyond the end.
CK_INLINE CK_TARGET void product_tile(const int rows, const int width, const int transposed,
                                      const ck_product *p, intptr_t row, intptr_t first) {
  const int vectors = width / LANES;
  vfloat sum[P_ROWS][P_WIDTH / LANES];
  const float *a[P_ROWS];
  CK_UNROLL for (int r = 0; r < rows; r++) {
    CK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = v_set(0);
    a[r] = transposed ? p->a + row + r : p->a + (row + r) * p->lda;
  }
  const float *b = p->b + first / CK_PANEL_WIDTH * p->panel + first % CK_PANEL_WIDTH;
  const float *column = a[0];
  for (intptr_t kk = 0; kk < p->k; kk++, b += p->ldb, column += p->lda) {
    vfloat line[P_WIDTH / LANES];
    CK_UNROLL for (int v = 0; v < vectors; v++) line[v] = v_load(b + v * LANES);
    CK_UNROLL for (int at = 0; at < width; at += 16)
      __builtin_prefetch(b + 16 * CK_PANEL_WIDTH + at, 0, 3);
    CK_UNROLL for (int r = 0; r < rows; r++) {
      const vfloat value = v_set(transposed ? column[r] : a[r][kk]);
      CK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = v_fma(value, line[v], sum[r][v]);
    }
  }
  const vfloat scale = v_set(p->scale);
  float *c = p->c + row * p->ldc + first;
  CK_UNROLL for (int r = 0; r < rows; r++, c += p->ldc) {
    CK_UNROLL for (int v = 0; v < vectors; v++) {
      const intptr_t count = p->n - first - v * LANES;
      if (count <= 0) continue;
      vfloat value = v_mul(sum[r][v], scale);
      if (p->adds) value = v_add(value, load_first(c + v * LANES, count));
      store_first(c + v * LANES, count, value);
    }
  }
}

typedef void (*product_function)(const ck_product *, intptr_t, intptr_t);
#define CK_PRODUCT_TILE(rows)                                                                     \
  static CK_TARGET __attribute__((noinline)) void product_##rows(const ck_product *p,             \
                                                                 intptr_t row, intptr_t first) {  \
    product_tile(rows, P_WIDTH, 0, p, row, first);                                                \
  }                                                                                               \
  static CK_TARGET __attribute__((noinline)) void product_t##rows(const ck_product *p,            \
                                                                  intptr_t row, intptr_t first) { \
    product_tile(rows, P_WIDTH, 1, p, row, first);                                                \
  }                                                                                               \
  static CK_TARGET __attribute__((noinline)) void narrow_##rows(const ck_product *p,              \
                                                                intptr_t row, intptr_t first) {   \
    product_tile(rows, 16, 0, p, row, first);                                                     \
  }                                                                                               \
  static CK_TARGET __attribute__((noinline)) void narrow_t##rows(const ck_product *p,             \
                                                                 intptr_t row, intptr_t first) {  \
    product_tile(rows, 16, 1, p, row, first);                                                     \
  }
CK_PRODUCT_TILE(1) CK_PRODUCT_TILE(2) CK_PRODUCT_TILE(3)
CK_PRODUCT_TILE(4) CK_PRODUCT_TILE(5) CK_PRODUCT_TILE(6)
#if P_ROWS == 12
CK_PRODUCT_TILE(7) CK_PRODUCT_TILE(8) CK_PRODUCT_TILE(9)
CK_PRODUCT_TILE(10) CK_PRODUCT_TILE(11) CK_PRODUCT_TILE(12)
#define CK_PRODUCT_TABLE(name)                                                          \
  {                                                                                     \
    0, name##1, name##2, name##3, name##4, name##5, name##6, name##7, name##8, name##9, \
        name##10, name##11, name##12                                                    \
  }
#else
#define CK_PRODUCT_TABLE(name) \
  { 0, name##1, name##2, name##3, name##4, name##5, name##6 }
#endif

static CK_TARGET void product(const ck_product *p) {
  static const product_function wide[2][P_ROWS + 1] = {CK_PRODUCT_TABLE(product_),
                                                       CK_PRODUCT_TABLE(product_t)};
  static const product_function narrow[2][P_ROWS + 1] = {CK_PRODUCT_TABLE(narrow_),
                                                         CK_PRODUCT_TABLE(narrow_t)};
  const int transposed = p->transposed ? 1 : 0;
  intptr_t group = PRODUCT_BYTES / (p->k * (intptr_t)sizeof(float) * CK_PANEL_WIDTH + 1);
  group = (group < 1 ? 1 : group) * CK_PANEL_WIDTH;
  for (intptr_t start = 0; start < p->n; start += group) {
    const intptr_t end = start + group < p->n ? start + group : p->n;
    for (intptr_t row = 0; row < p->m;) {
      const intptr_t left = p->m - row;
      // Tiles of nearly equal height at the end: one of a single row is slow.
      const intptr_t count = left <= P_ROWS ? left : left < 2 * P_ROWS ? (left + 1) / 2 : P_ROWS;
      for (intptr_t first = start; first < end; first += P_WIDTH)
        (end - first > 16 ? wide : narrow)[transposed][count](p, row, first);
      row += count;
    }
  }
}

// MARK: Norms

static CK_TARGET void rms_norm_backward(const float *x, intptr_t ldx, const float *g, intptr_t ldg,
                                        float *dx, intptr_t lddx, intptr_t m, intptr_t n,
                                        const float *weight, float shift, float epsilon, int adds,
                                        float *dw) {
  const vfloat shifts = v_set(shift);
  for (intptr_t i = 0; i < m; i++, x += ldx, g += ldg, dx += lddx) {
    vfloat squares = v_set(0), products = v_set(0);
    for (intptr_t j = 0; j < n; j += LANES) {
      const vfloat value = load_first(x + j, n - j);
      const vfloat scaled =
          v_mul(load_first(g + j, n - j), v_add(load_first(weight + j, n - j), shifts));
      squares = v_fma(value, value, squares);
      products = v_fma(scaled, value, products);
    }
    const float factor = 1.0f / __builtin_sqrtf(sum_of(squares) / (float)n + epsilon);
    const vfloat factors = v_set(factor);
    const vfloat back = v_set(-sum_of(products) * factor * factor / (float)n);
    for (intptr_t j = 0; j < n; j += LANES) {
      const vfloat value = load_first(x + j, n - j), gradient = load_first(g + j, n - j);
      if (dw)
        store_first(dw + j, n - j,
                    v_fma(v_mul(gradient, value), factors, load_first(dw + j, n - j)));
      const vfloat scaled = v_mul(gradient, v_add(load_first(weight + j, n - j), shifts));
      vfloat result = v_mul(factors, v_fma(value, back, scaled));
      if (adds) result = v_add(result, load_first(dx + j, n - j));
      store_first(dx + j, n - j, result);
    }
  }
}

static CK_TARGET void layer_norm_backward(const float *x, const float *g, float *dx, intptr_t m,
                                          intptr_t n, const float *gamma, float epsilon,
                                          float *dgamma, float *dbeta) {
  for (intptr_t i = 0; i < m; i++, x += n, g += n, dx += n) {
    vfloat sum = v_set(0);
    for (intptr_t j = 0; j < n; j += LANES) sum = v_add(sum, load_first(x + j, n - j));
    const vfloat mean = v_set(sum_of(sum) / (float)n);
    vfloat squares = v_set(0), gradients = v_set(0), products = v_set(0);
    for (intptr_t j = 0; j < n; j += LANES) {
      const vfloat value = keep_first(v_sub(load_first(x + j, n - j), mean), n - j);
      const vfloat scaled = v_mul(load_first(g + j, n - j), load_first(gamma + j, n - j));
      squares = v_fma(value, value, squares);
      gradients = v_add(gradients, scaled);
      products = v_fma(scaled, value, products);
    }
    const float factor = 1.0f / __builtin_sqrtf(sum_of(squares) / (float)n + epsilon);
    const vfloat factors = v_set(factor), constant = v_set(sum_of(gradients) / (float)n);
    const vfloat back = v_set(-sum_of(products) * factor * factor / (float)n);
    for (intptr_t j = 0; j < n; j += LANES) {
      const vfloat value = v_sub(load_first(x + j, n - j), mean);
      const vfloat gradient = load_first(g + j, n - j);
      if (dgamma)
        store_first(dgamma + j, n - j,
                    v_fma(v_mul(gradient, value), factors, load_first(dgamma + j, n - j)));
      if (dbeta) store_first(dbeta + j, n - j, v_add(gradient, load_first(dbeta + j, n - j)));
      const vfloat scaled = v_sub(v_mul(gradient, load_first(gamma + j, n - j)), constant);
      store_first(dx + j, n - j,
                  v_fma(factors, v_fma(value, back, scaled), load_first(dx + j, n - j)));
    }
  }
}

// MARK: Activations

CK_INLINE CK_TARGET vfloat erf_of(vfloat x) {
  x = v_min(v_max(x, v_set(-CK_ERF_LIMIT)), v_set(CK_ERF_LIMIT));
  const vfloat t = v_mul(x, x);
  vfloat p = v_set(CK_ERF_P5), q = v_set(CK_ERF_Q5);
  p = v_fma(p, t, v_set(CK_ERF_P4));
  q = v_fma(q, t, v_set(CK_ERF_Q4));
  p = v_fma(p, t, v_set(CK_ERF_P3));
  q = v_fma(q, t, v_set(CK_ERF_Q3));
  p = v_fma(p, t, v_set(CK_ERF_P2));
  q = v_fma(q, t, v_set(CK_ERF_Q2));
  p = v_fma(p, t, v_set(CK_ERF_P1));
  q = v_fma(q, t, v_set(CK_ERF_Q1));
  p = v_fma(p, t, v_set(CK_ERF_P0));
  q = v_fma(q, t, v_set(CK_ERF_Q0));
  return v_min(v_max(v_div(v_mul(x, p), q), v_set(-1)), v_set(1));
}

// 1 / (1 + exp(−x)).
CK_INLINE CK_TARGET vfloat logistic(vfloat x) {
  return v_div(v_set(1), v_add(v_set(1), exp_of(v_sub(v_set(0), x))));
}

static CK_TARGET void gelu_backward(const float *x, const float *g, float *dx, intptr_t n) {
  const vfloat half = v_set(0.5f), density = v_set(0.5f * CK_SQRT_2_PI);
  for (intptr_t i = 0; i < n; i += LANES) {
    const vfloat value = load_first(x + i, n - i);
    const vfloat below = v_fma(erf_of(v_mul(value, v_set(CK_SQRT_HALF))), half, half);
    const vfloat power = exp_of(v_mul(v_mul(value, value), v_set(-0.5f)));
    const vfloat slope = v_fma(v_mul(value, density), power, below);
    store_first(dx + i, n - i, v_mul(load_first(g + i, n - i), slope));
  }
}

static CK_TARGET void silu_backward(const float *gate, const float *up, const float *g,
                                    float *dgate, float *dup, intptr_t n) {
  for (intptr_t i = 0; i < n; i += LANES) {
    const vfloat x = load_first(gate + i, n - i), u = load_first(up + i, n - i);
    const vfloat gradient = load_first(g + i, n - i), s = logistic(x), one = v_set(1);
    const vfloat slope = v_mul(s, v_fma(x, v_sub(one, s), one));
    store_first(dgate + i, n - i, v_mul(v_mul(gradient, u), slope));
    store_first(dup + i, n - i, v_mul(gradient, v_mul(x, s)));
  }
}

// The same shape with s = 1 / (1 + exp(−2y)), y = √(2/π) · (x + 0.044715 x³).
static CK_TARGET void gelu_gate_backward(const float *gate, const float *up, const float *g,
                                         float *dgate, float *dup, intptr_t n) {
  const vfloat one = v_set(1), twice = v_set(2 * CK_SQRT_2_PI);
  for (intptr_t i = 0; i < n; i += LANES) {
    const vfloat x = load_first(gate + i, n - i), u = load_first(up + i, n - i);
    const vfloat gradient = load_first(g + i, n - i), square = v_mul(x, x);
    const vfloat s = logistic(v_mul(v_mul(x, twice), v_fma(square, v_set(0.044715f), one)));
    const vfloat inner = v_mul(twice, v_fma(square, v_set(3 * 0.044715f), one));
    const vfloat slope = v_mul(s, v_fma(v_mul(x, inner), v_sub(one, s), one));
    store_first(dgate + i, n - i, v_mul(v_mul(gradient, u), slope));
    store_first(dup + i, n - i, v_mul(gradient, v_mul(x, s)));
  }
}

// MARK: Softmax

// tanh(y) = 2 / (1 + exp(−2y)) − 1.
CK_INLINE CK_TARGET vfloat capped(vfloat x, float scale, float cap) {
  const vfloat s = logistic(v_mul(x, v_set(2 * scale / cap)));
  return v_mul(v_set(cap), v_fma(v_set(2), s, v_set(-1)));
}

static CK_TARGET void soft_cap(float *x, intptr_t n, float scale, float cap) {
  for (intptr_t i = 0; i < n; i += LANES)
    store_first(x + i, n - i, capped(load_first(x + i, n - i), scale, cap));
}

// 1 − (z / cap)²: the slope of the cap where it gives z.
CK_INLINE CK_TARGET vfloat cap_slope(vfloat z, vfloat inverse) {
  const vfloat part = v_mul(z, inverse);
  return v_sub(v_set(1), v_mul(part, part));
}

static CK_TARGET void softmax_backward(const float *p, float *dp, intptr_t n, float delta,
                                       float scale, const float *capped, float cap) {
  const vfloat deltas = v_set(delta), scales = v_set(scale), inverse = v_set(1 / cap);
  for (intptr_t i = 0; i < n; i += LANES) {
    vfloat value = v_mul(v_mul(load_first(p + i, n - i), scales),
                         v_sub(load_first(dp + i, n - i), deltas));
    if (capped) value = v_mul(value, cap_slope(load_first(capped + i, n - i), inverse));
    store_first(dp + i, n - i, value);
  }
}

// `caps` says that x is to be capped on the way. Capped values wait where their gradients go.
CK_INLINE CK_TARGET double loss_of(const int caps, const float *x, intptr_t n, intptr_t target,
                                   float softcap, float weight, float *gradient) {
  const intptr_t whole = n / LANES * LANES;
  vfloat tops = v_set(-__builtin_inff());
  for (intptr_t i = 0; i < whole; i += LANES) tops = v_max(v_load(x + i), tops);
  float highest = max_of(tops);
  for (intptr_t i = whole; i < n; i++) highest = x[i] > highest ? x[i] : highest;
  // The cap keeps the order of values.
  const float top = caps ? first_of(capped(v_set(highest), 1, softcap)) : highest;
  const float own = caps ? first_of(capped(v_set(x[target]), 1, softcap)) : x[target];
  const vfloat offset = v_set(top);
  double sum = 0;
  for (intptr_t start = 0; start < n; start += SUM_BLOCK * LANES) {
    const intptr_t end = start + SUM_BLOCK * LANES < n ? start + SUM_BLOCK * LANES : n;
    vfloat part = v_set(0);
    for (intptr_t i = start; i < end; i += LANES) {
      vfloat z = load_first(x + i, n - i);
      if (caps) z = capped(z, 1, softcap);
      if (caps && gradient) store_first(gradient + i, n - i, z);
      part = v_add(part, keep_first(power_of(v_sub(z, offset)), n - i));
    }
    sum += (double)sum_of(part);
  }
  const double loss = log(sum) + (double)top - (double)own;
  if (!gradient) return loss;
  const float *values = caps ? gradient : x;
  const vfloat factor = v_set((float)(weight / sum)), inverse = v_set(1 / softcap);
  for (intptr_t i = 0; i < n; i += LANES) {
    const vfloat z = load_first(values + i, n - i);
    vfloat value = v_mul(power_of(v_sub(z, offset)), factor);
    if (caps) value = v_mul(value, cap_slope(z, inverse));
    store_first(gradient + i, n - i, value);
  }
  const float slope = caps ? 1 - own / softcap * (own / softcap) : 1;
  gradient[target] -= weight * slope;
  return loss;
}

static CK_TARGET double cross_entropy(const float *x, intptr_t n, intptr_t target, float softcap,
                                      float weight, float *gradient) {
  return softcap > 0 ? loss_of(1, x, n, target, softcap, weight, gradient)
                     : loss_of(0, x, n, target, 1, weight, gradient);
}

// MARK: Optimizer

static CK_TARGET void adamw(float *value, const float *gradient, float *first, float *second,
                            intptr_t n, const ck_adamw *s) {
  const vfloat scale = v_set(s->gradient_scale), keep = v_set(s->keep), rate = v_set(-s->rate);
  const vfloat beta2 = v_set(s->beta2), rest1 = v_set(s->rest1), rest2 = v_set(s->rest2);
  const vfloat root = v_set(s->root), epsilon = v_set(s->epsilon);
  for (intptr_t i = 0; i < n; i += LANES) {
    const vfloat g = v_mul(load_first(gradient + i, n - i), scale);
    vfloat m = load_first(first + i, n - i), v = load_first(second + i, n - i);
    m = v_fma(v_sub(g, m), rest1, m);
    v = v_fma(v_mul(g, g), rest2, v_mul(beta2, v));
    store_first(first + i, n - i, m);
    store_first(second + i, n - i, v);
    const vfloat change = v_div(m, v_fma(v_sqrt(v), root, epsilon));
    store_first(value + i, n - i,
                v_fma(change, rate, v_mul(load_first(value + i, n - i), keep)));
  }
}

static CK_TARGET double sum_of_squares(const float *x, intptr_t n) {
  double sum = 0;
  for (intptr_t start = 0; start < n; start += SUM_BLOCK * LANES) {
    const intptr_t end = start + SUM_BLOCK * LANES < n ? start + SUM_BLOCK * LANES : n;
    vfloat part = v_set(0);
    for (intptr_t i = start; i < end; i += LANES) {
      const vfloat value = load_first(x + i, n - i);
      part = v_fma(value, value, part);
    }
    sum += (double)sum_of(part);
  }
  return sum;
}

static CK_TARGET void scale(float *x, intptr_t n, float s) {
  const vfloat factor = v_set(s);
  for (intptr_t i = 0; i < n; i += LANES)
    store_first(x + i, n - i, v_mul(load_first(x + i, n - i), factor));
}

#define CK_TRAINING_TABLE(name, kind)                                          \
  const ck_training_kernels name = {.variant = kind,                           \
                                    .product = product,                        \
                                    .rms_norm_backward = rms_norm_backward,    \
                                    .layer_norm_backward = layer_norm_backward, \
                                    .gelu_backward = gelu_backward,            \
                                    .silu_backward = silu_backward,            \
                                    .gelu_gate_backward = gelu_gate_backward,  \
                                    .soft_cap = soft_cap,                      \
                                    .softmax_backward = softmax_backward,      \
                                    .cross_entropy = cross_entropy,            \
                                    .adamw = adamw,                            \
                                    .sum_of_squares = sum_of_squares,          \
                                    .scale = scale}

#endif

#if defined(__aarch64__)

#define CK_TARGET
#include "simd_neon.h"

#define CK_DOTPROD __attribute__((target("dotprod")))

enum {
  // Rows of a register tile: 6 × 16 floats are 24 of the 32 vector registers. A tile takes half a
  // panel.
  TILE_ROWS = 6,
  GROUP_BYTES = 256 << 10,
};

CK_INLINE float32x4_t gelu_of(float32x4_t value) {
  const float32x4_t limit = vdupq_n_f32(CK_ERF_LIMIT), one = vdupq_n_f32(1);
  float32x4_t x = vmulq_f32(value, vdupq_n_f32(CK_SQRT_HALF));
  x = vmaxq_f32(vminq_f32(x, limit), vnegq_f32(limit));
  const float32x4_t t = vmulq_f32(x, x);
  float32x4_t p = vdupq_n_f32(CK_ERF_P5), q = vdupq_n_f32(CK_ERF_Q5);
  p = vfmaq_f32(vdupq_n_f32(CK_ERF_P4), p, t);
  q = vfmaq_f32(vdupq_n_f32(CK_ERF_Q4), q, t);
  p = vfmaq_f32(vdupq_n_f32(CK_ERF_P3), p, t);
  q = vfmaq_f32(vdupq_n_f32(CK_ERF_Q3), q, t);
  p = vfmaq_f32(vdupq_n_f32(CK_ERF_P2), p, t);
  q = vfmaq_f32(vdupq_n_f32(CK_ERF_Q2), q, t);
  p = vfmaq_f32(vdupq_n_f32(CK_ERF_P1), p, t);
  q = vfmaq_f32(vdupq_n_f32(CK_ERF_Q1), q, t);
  p = vfmaq_f32(vdupq_n_f32(CK_ERF_P0), p, t);
  q = vfmaq_f32(vdupq_n_f32(CK_ERF_Q0), q, t);
  float32x4_t erf = vdivq_f32(vmulq_f32(x, p), q);
  erf = vmaxq_f32(vminq_f32(erf, one), vdupq_n_f32(-1));
  return vmulq_f32(vmulq_f32(value, vdupq_n_f32(0.5f)), vaddq_f32(erf, one));
}

// One register tile: rows [row, row + count) of c, the 16 columns from `first` on.
CK_INLINE void tile(const int count, const ck_gemm *g, intptr_t row, intptr_t first) {
  float32x4_t sum[TILE_ROWS][4];
  const float *a[TILE_ROWS];
  CK_UNROLL for (int r = 0; r < count; r++) {
    CK_UNROLL for (int v = 0; v < 4; v++) sum[r][v] = vdupq_n_f32(0);
    a[r] = g->a + (row + r) * g->lda;
  }
  const intptr_t half = first % CK_PANEL_WIDTH;
  const float *b = g->panels + (first - half) * g->k + half;
  for (intptr_t kk = 0; kk < g->k; kk++, b += CK_PANEL_WIDTH) {
    float32x4_t column[4];
    CK_UNROLL for (int v = 0; v < 4; v++) column[v] = vld1q_f32(b + 4 * v);
    CK_UNROLL for (int r = 0; r < count; r++) {
      const float32x4_t value = vld1q_dup_f32(a[r] + kk);
      CK_UNROLL for (int v = 0; v < 4; v++) sum[r][v] = vfmaq_f32(sum[r][v], value, column[v]);
    }
  }
  const intptr_t left = g->n - first;
  const float *residual = g->residual ? g->residual + row * g->ldr + first : 0;
  float *c = g->c + row * g->ldc + first;
  CK_UNROLL for (int r = 0; r < count; r++) {
    CK_UNROLL for (int v = 0; v < 4; v++) {
      const intptr_t lanes = left - 4 * v;
      if (lanes <= 0) continue;
      float32x4_t value = sum[r][v];
      if (g->bias) value = vaddq_f32(value, load_first(g->bias + first + 4 * v, lanes));
      if (g->gelu) value = gelu_of(value);
      if (residual) value = vaddq_f32(value, load_first(residual + r * g->ldr + 4 * v, lanes));
      store_first(c + r * g->ldc + 4 * v, lanes, value);
    }
  }
}

#define CK_TILE(rows)                                                              \
  static __attribute__((noinline)) void tile##rows(const ck_gemm *g, intptr_t row, \
                                                   intptr_t first) {               \
    tile(rows, g, row, first);                                                     \
  }
CK_TILE(1) CK_TILE(2) CK_TILE(3) CK_TILE(4) CK_TILE(5) CK_TILE(6)

static void gemm(const ck_gemm *g) {
  static void (*const tiles[TILE_ROWS + 1])(const ck_gemm *, intptr_t, intptr_t) = {
      0, tile1, tile2, tile3, tile4, tile5, tile6};
  intptr_t group = GROUP_BYTES / (g->k * (intptr_t)sizeof(float) * CK_PANEL_WIDTH + 1);
  group = (group < 1 ? 1 : group) * CK_PANEL_WIDTH;
  for (intptr_t start = 0; start < g->n; start += group) {
    const intptr_t end = start + group < g->n ? start + group : g->n;
    for (intptr_t row = 0; row < g->m; row += TILE_ROWS) {
      const intptr_t count = g->m - row < TILE_ROWS ? g->m - row : TILE_ROWS;
      for (intptr_t first = start; first < end; first += 16) tiles[count](g, row, first);
    }
  }
}

static void pack(const float *rows, intptr_t ld, intptr_t n, intptr_t k, float *panels) {
  for (intptr_t first = 0; first < n; first += CK_PANEL_WIDTH) {
    for (int part = 0; part < CK_PANEL_WIDTH; part += 4) {
      const float *x[4];
      for (int j = 0; j < 4; j++) {
        const intptr_t row = first + part + j;
        x[j] = row < n ? rows + row * ld : 0;
      }
      float *out = panels + part;
      intptr_t kk = 0;
      if (x[3]) {
        // Four rows at once, transposed in registers.
        for (; kk + 4 <= k; kk += 4, out += 4 * CK_PANEL_WIDTH) {
          const float32x4x2_t low = vtrnq_f32(vld1q_f32(x[0] + kk), vld1q_f32(x[1] + kk));
          const float32x4x2_t high = vtrnq_f32(vld1q_f32(x[2] + kk), vld1q_f32(x[3] + kk));
          for (int i = 0; i < 2; i++) {
            vst1q_f32(out + i * CK_PANEL_WIDTH,
                      vcombine_f32(vget_low_f32(low.val[i]), vget_low_f32(high.val[i])));
            vst1q_f32(out + (i + 2) * CK_PANEL_WIDTH,
                      vcombine_f32(vget_high_f32(low.val[i]), vget_high_f32(high.val[i])));
          }
        }
      }
      for (; kk < k; kk++, out += CK_PANEL_WIDTH)
        for (int j = 0; j < 4; j++) out[j] = x[j] ? x[j][kk] : 0.0f;
    }
    panels += k * CK_PANEL_WIDTH;
  }
}

static float dot(const float *a, const float *b, intptr_t n) {
  float32x4_t s0 = vdupq_n_f32(0), s1 = s0;
  intptr_t i = 0;
  for (; i + 8 <= n; i += 8) {
    s0 = vfmaq_f32(s0, vld1q_f32(a + i), vld1q_f32(b + i));
    s1 = vfmaq_f32(s1, vld1q_f32(a + i + 4), vld1q_f32(b + i + 4));
  }
  for (; i < n; i += 4) s0 = vfmaq_f32(s0, load_first(a + i, n - i), load_first(b + i, n - i));
  return vaddvq_f32(vaddq_f32(s0, s1));
}

static void add_scaled(float s, const float *x, float *y, intptr_t n) {
  for (intptr_t i = 0; i < n; i += 4)
    store_first(y + i, n - i,
                vfmaq_n_f32(load_first(y + i, n - i), load_first(x + i, n - i), s));
}

static void softmax(float *x, intptr_t ld, intptr_t m, intptr_t n, float scale) {
  const intptr_t whole = n & ~(intptr_t)3;
  for (intptr_t i = 0; i < m; i++, x += ld) {
    float32x4_t tops = vdupq_n_f32(-__builtin_inff());
    for (intptr_t j = 0; j < whole; j += 4) tops = vmaxq_f32(tops, vld1q_f32(x + j));
    float top = vmaxvq_f32(tops);
    for (intptr_t j = whole; j < n; j++) top = x[j] > top ? x[j] : top;
    const float32x4_t offset = vdupq_n_f32(top * -scale);
    float32x4_t sum = vdupq_n_f32(0);
    for (intptr_t j = 0; j < n; j += 4) {
      const float32x4_t e = exp_of(vfmaq_n_f32(offset, load_first(x + j, n - j), scale));
      sum = vaddq_f32(sum, keep_first(e, n - j));
      store_first(x + j, n - j, e);
    }
    const float inverse = 1.0f / vaddvq_f32(sum);
    for (intptr_t j = 0; j < n; j += 4)
      store_first(x + j, n - j, vmulq_n_f32(load_first(x + j, n - j), inverse));
  }
}

static void layer_norm(float *x, intptr_t ld, intptr_t m, intptr_t n, const float *gamma,
                       const float *beta, float epsilon) {
  for (intptr_t i = 0; i < m; i++, x += ld) {
    float32x4_t sum = vdupq_n_f32(0);
    for (intptr_t j = 0; j < n; j += 4) sum = vaddq_f32(sum, load_first(x + j, n - j));
    const float32x4_t mean = vdupq_n_f32(vaddvq_f32(sum) / (float)n);
    float32x4_t squares = vdupq_n_f32(0);
    for (intptr_t j = 0; j < n; j += 4) {
      const float32x4_t d = keep_first(vsubq_f32(load_first(x + j, n - j), mean), n - j);
      squares = vfmaq_f32(squares, d, d);
    }
    const float factor = 1.0f / __builtin_sqrtf(vaddvq_f32(squares) / (float)n + epsilon);
    for (intptr_t j = 0; j < n; j += 4) {
      const float32x4_t scaled = vmulq_n_f32(vsubq_f32(load_first(x + j, n - j), mean), factor);
      store_first(x + j, n - j,
                  vfmaq_f32(load_first(beta + j, n - j), scaled, load_first(gamma + j, n - j)));
    }
  }
}

static void gelu(float *x, intptr_t n) {
  for (intptr_t i = 0; i < n; i += 4)
    store_first(x + i, n - i, gelu_of(load_first(x + i, n - i)));
}

static void scan(const int8_t *query, float query_scale, const int8_t *codes, const float *scales,
                 intptr_t rows, intptr_t n, float *scores) {
  for (intptr_t i = 0; i < rows; i++, codes += n) {
    int32x4_t sum = vdupq_n_s32(0);
    intptr_t j = 0;
    for (; j + 16 <= n; j += 16) {
      const int8x16_t q = vld1q_s8(query + j), c = vld1q_s8(codes + j);
      sum = vpadalq_s16(sum, vmull_s8(vget_low_s8(q), vget_low_s8(c)));
      sum = vpadalq_s16(sum, vmull_high_s8(q, c));
    }
    int32_t total = vaddvq_s32(sum);
    for (; j < n; j++) total += (int32_t)query[j] * codes[j];
    scores[i] = (float)total * (query_scale * scales[i]);
  }
}

static CK_DOTPROD void scan_dotprod(const int8_t *query, float query_scale, const int8_t *codes,
                                    const float *scales, intptr_t rows, intptr_t n,
                                    float *scores) {
  for (intptr_t i = 0; i < rows; i++, codes += n) {
    int32x4_t s0 = vdupq_n_s32(0), s1 = s0;
    intptr_t j = 0;
    for (; j + 32 <= n; j += 32) {
      s0 = vdotq_s32(s0, vld1q_s8(query + j), vld1q_s8(codes + j));
      s1 = vdotq_s32(s1, vld1q_s8(query + j + 16), vld1q_s8(codes + j + 16));
    }
    int32_t total = vaddvq_s32(vaddq_s32(s0, s1));
    for (; j < n; j++) total += (int32_t)query[j] * codes[j];
    scores[i] = (float)total * (query_scale * scales[i]);
  }
}

#define CK_TABLE(name, scan_function)                                          \
  const ck_kernels name = {.variant = CK_NEON,                                 \
                           .gemm = gemm,                                       \
                           .pack = pack,                                       \
                           .dot = dot,                                         \
                           .add_scaled = add_scaled,                           \
                           .softmax = softmax,                                 \
                           .layer_norm = layer_norm,                           \
                           .gelu = gelu,                                       \
                           .scan = scan_function}
CK_TABLE(ck_neon_kernels, scan);
CK_TABLE(ck_neon_dotprod_kernels, scan_dotprod);

#endif

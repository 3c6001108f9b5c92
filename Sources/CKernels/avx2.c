#if defined(__x86_64__)

#define CK_TARGET __attribute__((target("avx2,fma,f16c")))
#include "simd_avx2.h"

enum {
  // Rows of a register tile: 6 × 16 floats are 12 of the 16 vector registers. A tile takes half a
  // panel: each row of a panel is two cache lines, and a tile reads one of them.
  TILE_ROWS = 6,
  GROUP_BYTES = 400 << 10,
};

CK_INLINE CK_TARGET __m256 gelu_of(__m256 value) {
  const __m256 limit = _mm256_set1_ps(CK_ERF_LIMIT), one = _mm256_set1_ps(1);
  __m256 x = _mm256_mul_ps(value, _mm256_set1_ps(CK_SQRT_HALF));
  x = _mm256_max_ps(_mm256_min_ps(x, limit), _mm256_sub_ps(_mm256_setzero_ps(), limit));
  const __m256 t = _mm256_mul_ps(x, x);
  __m256 p = _mm256_set1_ps(CK_ERF_P5), q = _mm256_set1_ps(CK_ERF_Q5);
  p = _mm256_fmadd_ps(p, t, _mm256_set1_ps(CK_ERF_P4));
  q = _mm256_fmadd_ps(q, t, _mm256_set1_ps(CK_ERF_Q4));
  p = _mm256_fmadd_ps(p, t, _mm256_set1_ps(CK_ERF_P3));
  q = _mm256_fmadd_ps(q, t, _mm256_set1_ps(CK_ERF_Q3));
  p = _mm256_fmadd_ps(p, t, _mm256_set1_ps(CK_ERF_P2));
  q = _mm256_fmadd_ps(q, t, _mm256_set1_ps(CK_ERF_Q2));
  p = _mm256_fmadd_ps(p, t, _mm256_set1_ps(CK_ERF_P1));
  q = _mm256_fmadd_ps(q, t, _mm256_set1_ps(CK_ERF_Q1));
  p = _mm256_fmadd_ps(p, t, _mm256_set1_ps(CK_ERF_P0));
  q = _mm256_fmadd_ps(q, t, _mm256_set1_ps(CK_ERF_Q0));
  __m256 erf = _mm256_div_ps(_mm256_mul_ps(x, p), q);
  erf = _mm256_max_ps(_mm256_min_ps(erf, one), _mm256_set1_ps(-1));
  return _mm256_mul_ps(_mm256_mul_ps(value, _mm256_set1_ps(0.5f)), _mm256_add_ps(erf, one));
}

// One register tile: rows [row, row + count) of c, the 16 columns from `first` on.
CK_INLINE CK_TARGET void tile(const int count, const ck_gemm *g, intptr_t row, intptr_t first) {
  __m256 sum[TILE_ROWS][2];
  const float *a[TILE_ROWS];
  CK_UNROLL for (int r = 0; r < count; r++) {
    sum[r][0] = sum[r][1] = _mm256_setzero_ps();
    a[r] = g->a + (row + r) * g->lda;
  }
  const intptr_t half = first % CK_PANEL_WIDTH;
  const float *b = g->panels + (first - half) * g->k + half;
  for (intptr_t kk = 0; kk < g->k; kk++, b += CK_PANEL_WIDTH) {
    const __m256 b0 = _mm256_loadu_ps(b), b1 = _mm256_loadu_ps(b + 8);
    _mm_prefetch((const char *)(b + 16 * CK_PANEL_WIDTH), _MM_HINT_T0);
    CK_UNROLL for (int r = 0; r < count; r++) {
      const __m256 value = _mm256_broadcast_ss(a[r] + kk);
      sum[r][0] = _mm256_fmadd_ps(value, b0, sum[r][0]);
      sum[r][1] = _mm256_fmadd_ps(value, b1, sum[r][1]);
    }
  }
  const intptr_t n0 = g->n - first, n1 = n0 - 8;
  if (g->bias) {
    const __m256 b0 = load_first(g->bias + first, n0), b1 = load_first(g->bias + first + 8, n1);
    CK_UNROLL for (int r = 0; r < count; r++) {
      sum[r][0] = _mm256_add_ps(sum[r][0], b0);
      sum[r][1] = _mm256_add_ps(sum[r][1], b1);
    }
  }
  if (g->gelu) {
    CK_UNROLL for (int r = 0; r < count; r++) {
      sum[r][0] = gelu_of(sum[r][0]);
      sum[r][1] = gelu_of(sum[r][1]);
    }
  }
  if (g->residual) {
    const float *residual = g->residual + row * g->ldr + first;
    CK_UNROLL for (int r = 0; r < count; r++, residual += g->ldr) {
      sum[r][0] = _mm256_add_ps(sum[r][0], load_first(residual, n0));
      sum[r][1] = _mm256_add_ps(sum[r][1], load_first(residual + 8, n1));
    }
  }
  float *c = g->c + row * g->ldc + first;
  CK_UNROLL for (int r = 0; r < count; r++, c += g->ldc) {
    store_first(c, n0, sum[r][0]);
    store_first(c + 8, n1, sum[r][1]);
  }
}

#define CK_TILE(rows)                                                                       \
  static CK_TARGET __attribute__((noinline)) void tile##rows(const ck_gemm *g, intptr_t row, \
                                                             intptr_t first) {              \
    tile(rows, g, row, first);                                                              \
  }
CK_TILE(1) CK_TILE(2) CK_TILE(3) CK_TILE(4) CK_TILE(5) CK_TILE(6)

static CK_TARGET void gemm(const ck_gemm *g) {
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

// 8 × 8 transpose: x[i] becomes column i of the 8 rows.
CK_INLINE CK_TARGET void transpose(__m256 x[8]) {
  __m256 y[8];
  CK_UNROLL for (int i = 0; i < 8; i += 2) {
    y[i] = _mm256_unpacklo_ps(x[i], x[i + 1]);
    y[i + 1] = _mm256_unpackhi_ps(x[i], x[i + 1]);
  }
  CK_UNROLL for (int i = 0; i < 8; i += 4) {
    x[i] = _mm256_shuffle_ps(y[i], y[i + 2], 0x44);
    x[i + 1] = _mm256_shuffle_ps(y[i], y[i + 2], 0xee);
    x[i + 2] = _mm256_shuffle_ps(y[i + 1], y[i + 3], 0x44);
    x[i + 3] = _mm256_shuffle_ps(y[i + 1], y[i + 3], 0xee);
  }
  CK_UNROLL for (int i = 0; i < 4; i++) {
    y[i] = _mm256_permute2f128_ps(x[i], x[i + 4], 0x20);
    y[i + 4] = _mm256_permute2f128_ps(x[i], x[i + 4], 0x31);
  }
  CK_UNROLL for (int i = 0; i < 8; i++) x[i] = y[i];
}

static CK_TARGET void pack(const float *rows, intptr_t ld, intptr_t n, intptr_t k, float *panels) {
  for (intptr_t first = 0; first < n; first += CK_PANEL_WIDTH) {
    for (intptr_t kk = 0; kk < k; kk += 8) {
      const intptr_t height = k - kk < 8 ? k - kk : 8;
      for (int part = 0; part < CK_PANEL_WIDTH; part += 8) {
        __m256 x[8];
        CK_UNROLL for (int j = 0; j < 8; j++) {
          const intptr_t row = first + part + j;
          x[j] = row < n ? load_first(rows + row * ld + kk, height) : _mm256_setzero_ps();
        }
        transpose(x);
        float *out = panels + kk * CK_PANEL_WIDTH + part;
        CK_UNROLL for (int i = 0; i < 8; i++) {
          if (i < height) _mm256_storeu_ps(out + i * CK_PANEL_WIDTH, x[i]);
        }
      }
    }
    panels += k * CK_PANEL_WIDTH;
  }
}

static CK_TARGET float dot(const float *a, const float *b, intptr_t n) {
  __m256 s0 = _mm256_setzero_ps(), s1 = s0;
  intptr_t i = 0;
  for (; i + 16 <= n; i += 16) {
    s0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), s0);
    s1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8), s1);
  }
  for (; i < n; i += 8)
    s0 = _mm256_fmadd_ps(load_first(a + i, n - i), load_first(b + i, n - i), s0);
  return sum_of(_mm256_add_ps(s0, s1));
}

static CK_TARGET void add_scaled(float s, const float *x, float *y, intptr_t n) {
  const __m256 factor = _mm256_set1_ps(s);
  for (intptr_t i = 0; i < n; i += 8)
    store_first(y + i, n - i,
                _mm256_fmadd_ps(factor, load_first(x + i, n - i), load_first(y + i, n - i)));
}

static CK_TARGET void softmax(float *x, intptr_t ld, intptr_t m, intptr_t n, float scale) {
  const __m256 factor = _mm256_set1_ps(scale), lowest = _mm256_set1_ps(-__builtin_inff());
  const intptr_t whole = n & ~(intptr_t)7, rest = n - whole;
  const __m256 mask = _mm256_castsi256_ps(mask_of(rest));
  for (intptr_t i = 0; i < m; i++, x += ld) {
    __m256 top = lowest;
    for (intptr_t j = 0; j < whole; j += 8) top = _mm256_max_ps(top, _mm256_loadu_ps(x + j));
    if (rest)
      top = _mm256_max_ps(top, _mm256_blendv_ps(lowest, load_first(x + whole, rest), mask));
    const __m256 offset = _mm256_set1_ps(max_of(top) * -scale);
    __m256 sum = _mm256_setzero_ps();
    for (intptr_t j = 0; j < whole; j += 8) {
      const __m256 e = exp_of(_mm256_fmadd_ps(_mm256_loadu_ps(x + j), factor, offset));
      sum = _mm256_add_ps(sum, e);
      _mm256_storeu_ps(x + j, e);
    }
    if (rest) {
      const __m256 e = exp_of(_mm256_fmadd_ps(load_first(x + whole, rest), factor, offset));
      sum = _mm256_add_ps(sum, _mm256_and_ps(e, mask));
      store_first(x + whole, rest, e);
    }
    const __m256 inverse = _mm256_set1_ps(1.0f / sum_of(sum));
    for (intptr_t j = 0; j < n; j += 8)
      store_first(x + j, n - j, _mm256_mul_ps(load_first(x + j, n - j), inverse));
  }
}

static CK_TARGET void layer_norm(float *x, intptr_t ld, intptr_t m, intptr_t n, const float *gamma,
                                 const float *beta, float epsilon) {
  for (intptr_t i = 0; i < m; i++, x += ld) {
    __m256 sum = _mm256_setzero_ps();
    for (intptr_t j = 0; j < n; j += 8) sum = _mm256_add_ps(sum, load_first(x + j, n - j));
    const __m256 mean = _mm256_set1_ps(sum_of(sum) / (float)n);
    __m256 squares = _mm256_setzero_ps();
    for (intptr_t j = 0; j < n; j += 8) {
      __m256 d = _mm256_sub_ps(load_first(x + j, n - j), mean);
      d = _mm256_and_ps(d, _mm256_castsi256_ps(mask_of(n - j)));
      squares = _mm256_fmadd_ps(d, d, squares);
    }
    const float variance = sum_of(squares) / (float)n;
    const __m256 factor = _mm256_set1_ps(1.0f / __builtin_sqrtf(variance + epsilon));
    for (intptr_t j = 0; j < n; j += 8) {
      const __m256 scaled = _mm256_mul_ps(_mm256_sub_ps(load_first(x + j, n - j), mean), factor);
      store_first(x + j, n - j, _mm256_fmadd_ps(scaled, load_first(gamma + j, n - j),
                                                load_first(beta + j, n - j)));
    }
  }
}

static CK_TARGET void gelu(float *x, intptr_t n) {
  for (intptr_t i = 0; i < n; i += 8)
    store_first(x + i, n - i, gelu_of(load_first(x + i, n - i)));
}

// Widened to 16 bits, where pairs of products cannot overflow: maddubs would saturate.
static CK_TARGET void scan(const int8_t *query, float query_scale, const int8_t *codes,
                           const float *scales, intptr_t rows, intptr_t n, float *scores) {
  for (intptr_t i = 0; i < rows; i++, codes += n) {
    __m256i sum = _mm256_setzero_si256();
    intptr_t j = 0;
    for (; j + 16 <= n; j += 16)
      sum = _mm256_add_epi32(
          sum, _mm256_madd_epi16(
                   _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(query + j))),
                   _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(codes + j)))));
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
    int32_t total = _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1)));
    for (; j < n; j++) total += (int32_t)query[j] * codes[j];
    scores[i] = (float)total * (query_scale * scales[i]);
  }
}

const ck_kernels ck_avx2_kernels = {
    .variant = CK_AVX2,
    .gemm = gemm,
    .pack = pack,
    .dot = dot,
    .add_scaled = add_scaled,
    .softmax = softmax,
    .layer_norm = layer_norm,
    .gelu = gelu,
    .scan = scan,
};

#endif

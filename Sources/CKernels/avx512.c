#if defined(__x86_64__)

#define CK_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#include "simd_avx512.h"

#define CK_TARGET_VNNI \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma")))

enum {
  // Rows of a register tile: 12 × 32 floats are 24 of the 32 vector registers.
  TILE_ROWS = 12,
  // Panels are taken in groups of this many bytes, so that a group stays in the second-level cache
  // while all rows pass over it.
  GROUP_BYTES = 400 << 10,
};

CK_INLINE CK_TARGET __m512 gelu_of(__m512 value) {
  const __m512 limit = _mm512_set1_ps(CK_ERF_LIMIT), one = _mm512_set1_ps(1);
  __m512 x = _mm512_mul_ps(value, _mm512_set1_ps(CK_SQRT_HALF));
  x = _mm512_max_ps(_mm512_min_ps(x, limit), _mm512_sub_ps(_mm512_setzero_ps(), limit));
  const __m512 t = _mm512_mul_ps(x, x);
  __m512 p = _mm512_set1_ps(CK_ERF_P5), q = _mm512_set1_ps(CK_ERF_Q5);
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(CK_ERF_P4));
  q = _mm512_fmadd_ps(q, t, _mm512_set1_ps(CK_ERF_Q4));
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(CK_ERF_P3));
  q = _mm512_fmadd_ps(q, t, _mm512_set1_ps(CK_ERF_Q3));
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(CK_ERF_P2));
  q = _mm512_fmadd_ps(q, t, _mm512_set1_ps(CK_ERF_Q2));
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(CK_ERF_P1));
  q = _mm512_fmadd_ps(q, t, _mm512_set1_ps(CK_ERF_Q1));
  p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(CK_ERF_P0));
  q = _mm512_fmadd_ps(q, t, _mm512_set1_ps(CK_ERF_Q0));
  __m512 erf = _mm512_div_ps(_mm512_mul_ps(x, p), q);
  erf = _mm512_max_ps(_mm512_min_ps(erf, one), _mm512_set1_ps(-1));
  return _mm512_mul_ps(_mm512_mul_ps(value, _mm512_set1_ps(0.5f)), _mm512_add_ps(erf, one));
}

// One register tile: rows [row, row + count) of c, the 32 columns from `first` on.
CK_INLINE CK_TARGET void tile(const int count, const ck_gemm *g, intptr_t row, intptr_t first) {
  __m512 sum[TILE_ROWS][2];
  const float *a[TILE_ROWS];
  CK_UNROLL for (int r = 0; r < count; r++) {
    sum[r][0] = sum[r][1] = _mm512_setzero_ps();
    a[r] = g->a + (row + r) * g->lda;
  }
  const float *b = g->panels + first * g->k;
  for (intptr_t kk = 0; kk < g->k; kk++, b += CK_PANEL_WIDTH) {
    const __m512 b0 = _mm512_loadu_ps(b), b1 = _mm512_loadu_ps(b + 16);
    _mm_prefetch((const char *)(b + 16 * CK_PANEL_WIDTH), _MM_HINT_T0);
    _mm_prefetch((const char *)(b + 16 * CK_PANEL_WIDTH + 16), _MM_HINT_T0);
    CK_UNROLL for (int r = 0; r < count; r++) {
      const __m512 value = _mm512_set1_ps(a[r][kk]);
      sum[r][0] = _mm512_fmadd_ps(value, b0, sum[r][0]);
      sum[r][1] = _mm512_fmadd_ps(value, b1, sum[r][1]);
    }
  }
  const __mmask16 m0 = mask_of(g->n - first), m1 = mask_of(g->n - first - 16);
  if (g->bias) {
    const __m512 b0 = _mm512_maskz_loadu_ps(m0, g->bias + first);
    const __m512 b1 = _mm512_maskz_loadu_ps(m1, g->bias + first + 16);
    CK_UNROLL for (int r = 0; r < count; r++) {
      sum[r][0] = _mm512_add_ps(sum[r][0], b0);
      sum[r][1] = _mm512_add_ps(sum[r][1], b1);
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
      sum[r][0] = _mm512_add_ps(sum[r][0], _mm512_maskz_loadu_ps(m0, residual));
      sum[r][1] = _mm512_add_ps(sum[r][1], _mm512_maskz_loadu_ps(m1, residual + 16));
    }
  }
  float *c = g->c + row * g->ldc + first;
  CK_UNROLL for (int r = 0; r < count; r++, c += g->ldc) {
    _mm512_mask_storeu_ps(c, m0, sum[r][0]);
    _mm512_mask_storeu_ps(c + 16, m1, sum[r][1]);
  }
}

#define CK_TILE(rows)                                                                       \
  static CK_TARGET __attribute__((noinline)) void tile##rows(const ck_gemm *g, intptr_t row, \
                                                             intptr_t first) {              \
    tile(rows, g, row, first);                                                              \
  }
CK_TILE(1) CK_TILE(2) CK_TILE(3) CK_TILE(4) CK_TILE(5) CK_TILE(6)
CK_TILE(7) CK_TILE(8) CK_TILE(9) CK_TILE(10) CK_TILE(11) CK_TILE(12)

static CK_TARGET void gemm(const ck_gemm *g) {
  static void (*const tiles[TILE_ROWS + 1])(const ck_gemm *, intptr_t, intptr_t) = {
      0, tile1, tile2, tile3, tile4, tile5, tile6, tile7, tile8, tile9, tile10, tile11, tile12};
  intptr_t group = GROUP_BYTES / (g->k * (intptr_t)sizeof(float) * CK_PANEL_WIDTH + 1);
  group = (group < 1 ? 1 : group) * CK_PANEL_WIDTH;
  for (intptr_t start = 0; start < g->n; start += group) {
    const intptr_t end = start + group < g->n ? start + group : g->n;
    for (intptr_t row = 0; row < g->m;) {
      const intptr_t left = g->m - row;
      // 13 … 23 rows left become two tiles of nearly equal height: a tile of one row is slow.
      const intptr_t count = left <= TILE_ROWS ? left : left < 2 * TILE_ROWS ? (left + 1) / 2 : TILE_ROWS;
      for (intptr_t first = start; first < end; first += CK_PANEL_WIDTH) tiles[count](g, row, first);
      row += count;
    }
  }
}

// 16 × 16 transpose: out[i] holds column i of the 16 rows.
CK_INLINE CK_TARGET void transpose(__m512 x[16]) {
  __m512 y[16];
  CK_UNROLL for (int i = 0; i < 16; i += 2) {
    y[i] = _mm512_unpacklo_ps(x[i], x[i + 1]);
    y[i + 1] = _mm512_unpackhi_ps(x[i], x[i + 1]);
  }
  CK_UNROLL for (int i = 0; i < 16; i += 4) {
    x[i] = _mm512_castpd_ps(
        _mm512_unpacklo_pd(_mm512_castps_pd(y[i]), _mm512_castps_pd(y[i + 2])));
    x[i + 1] = _mm512_castpd_ps(
        _mm512_unpackhi_pd(_mm512_castps_pd(y[i]), _mm512_castps_pd(y[i + 2])));
    x[i + 2] = _mm512_castpd_ps(
        _mm512_unpacklo_pd(_mm512_castps_pd(y[i + 1]), _mm512_castps_pd(y[i + 3])));
    x[i + 3] = _mm512_castpd_ps(
        _mm512_unpackhi_pd(_mm512_castps_pd(y[i + 1]), _mm512_castps_pd(y[i + 3])));
  }
  // Each 128-bit lane is transposed; now the lanes themselves, as a 4 × 4 matrix.
  CK_UNROLL for (int i = 0; i < 4; i++) {
    const __m512 low01 = _mm512_shuffle_f32x4(x[i], x[i + 4], 0x44);
    const __m512 high01 = _mm512_shuffle_f32x4(x[i], x[i + 4], 0xee);
    const __m512 low23 = _mm512_shuffle_f32x4(x[i + 8], x[i + 12], 0x44);
    const __m512 high23 = _mm512_shuffle_f32x4(x[i + 8], x[i + 12], 0xee);
    y[i] = _mm512_shuffle_f32x4(low01, low23, 0x88);
    y[i + 4] = _mm512_shuffle_f32x4(low01, low23, 0xdd);
    y[i + 8] = _mm512_shuffle_f32x4(high01, high23, 0x88);
    y[i + 12] = _mm512_shuffle_f32x4(high01, high23, 0xdd);
  }
  CK_UNROLL for (int i = 0; i < 16; i++) x[i] = y[i];
}

static CK_TARGET void pack(const float *rows, intptr_t ld, intptr_t n, intptr_t k, float *panels) {
  for (intptr_t first = 0; first < n; first += CK_PANEL_WIDTH) {
    for (intptr_t kk = 0; kk < k; kk += 16) {
      const intptr_t height = k - kk < 16 ? k - kk : 16;
      const __mmask16 mask = mask_of(height);
      for (int half = 0; half < CK_PANEL_WIDTH; half += 16) {
        __m512 x[16];
        CK_UNROLL for (int j = 0; j < 16; j++) {
          const intptr_t row = first + half + j;
          x[j] = row < n ? _mm512_maskz_loadu_ps(mask, rows + row * ld + kk) : _mm512_setzero_ps();
        }
        transpose(x);
        float *out = panels + kk * CK_PANEL_WIDTH + half;
        CK_UNROLL for (int i = 0; i < 16; i++) {
          if (i < height) _mm512_storeu_ps(out + i * CK_PANEL_WIDTH, x[i]);
        }
      }
    }
    panels += k * CK_PANEL_WIDTH;
  }
}

static CK_TARGET float dot(const float *a, const float *b, intptr_t n) {
  __m512 s0 = _mm512_setzero_ps(), s1 = s0;
  intptr_t i = 0;
  for (; i + 32 <= n; i += 32) {
    s0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i), s0);
    s1 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), _mm512_loadu_ps(b + i + 16), s1);
  }
  for (; i < n; i += 16) {
    const __mmask16 mask = mask_of(n - i);
    s0 = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(mask, a + i), _mm512_maskz_loadu_ps(mask, b + i), s0);
  }
  return _mm512_reduce_add_ps(_mm512_add_ps(s0, s1));
}

static CK_TARGET void add_scaled(float s, const float *x, float *y, intptr_t n) {
  const __m512 factor = _mm512_set1_ps(s);
  for (intptr_t i = 0; i < n; i += 16) {
    const __mmask16 mask = mask_of(n - i);
    const __m512 old = _mm512_maskz_loadu_ps(mask, y + i);
    _mm512_mask_storeu_ps(y + i, mask,
                          _mm512_fmadd_ps(factor, _mm512_maskz_loadu_ps(mask, x + i), old));
  }
}

static CK_TARGET void softmax(float *x, intptr_t ld, intptr_t m, intptr_t n, float scale) {
  const __m512 factor = _mm512_set1_ps(scale), lowest = _mm512_set1_ps(-__builtin_inff());
  const intptr_t whole = n & ~(intptr_t)15;
  const __mmask16 mask = mask_of(n - whole);
  for (intptr_t i = 0; i < m; i++, x += ld) {
    __m512 top = _mm512_mask_loadu_ps(lowest, mask, x + whole);
    for (intptr_t j = 0; j < whole; j += 16) top = _mm512_max_ps(top, _mm512_loadu_ps(x + j));
    const __m512 offset = _mm512_set1_ps(_mm512_reduce_max_ps(top) * -scale);
    __m512 sum = _mm512_setzero_ps();
    for (intptr_t j = 0; j < whole; j += 16) {
      const __m512 e = exp_of(_mm512_fmadd_ps(_mm512_loadu_ps(x + j), factor, offset));
      sum = _mm512_add_ps(sum, e);
      _mm512_storeu_ps(x + j, e);
    }
    const __m512 tail = _mm512_maskz_loadu_ps(mask, x + whole);
    const __m512 last = _mm512_maskz_mov_ps(mask, exp_of(_mm512_fmadd_ps(tail, factor, offset)));
    sum = _mm512_add_ps(sum, last);
    const __m512 inverse = _mm512_set1_ps(1.0f / _mm512_reduce_add_ps(sum));
    for (intptr_t j = 0; j < whole; j += 16)
      _mm512_storeu_ps(x + j, _mm512_mul_ps(_mm512_loadu_ps(x + j), inverse));
    _mm512_mask_storeu_ps(x + whole, mask, _mm512_mul_ps(last, inverse));
  }
}

static CK_TARGET void layer_norm(float *x, intptr_t ld, intptr_t m, intptr_t n, const float *gamma,
                                 const float *beta, float epsilon) {
  for (intptr_t i = 0; i < m; i++, x += ld) {
    __m512 sum = _mm512_setzero_ps();
    for (intptr_t j = 0; j < n; j += 16)
      sum = _mm512_add_ps(sum, _mm512_maskz_loadu_ps(mask_of(n - j), x + j));
    const __m512 mean = _mm512_set1_ps(_mm512_reduce_add_ps(sum) / (float)n);
    __m512 squares = _mm512_setzero_ps();
    for (intptr_t j = 0; j < n; j += 16) {
      const __mmask16 mask = mask_of(n - j);
      const __m512 d = _mm512_maskz_sub_ps(mask, _mm512_maskz_loadu_ps(mask, x + j), mean);
      squares = _mm512_fmadd_ps(d, d, squares);
    }
    const float variance = _mm512_reduce_add_ps(squares) / (float)n;
    const __m512 factor = _mm512_set1_ps(1.0f / __builtin_sqrtf(variance + epsilon));
    for (intptr_t j = 0; j < n; j += 16) {
      const __mmask16 mask = mask_of(n - j);
      const __m512 d = _mm512_sub_ps(_mm512_maskz_loadu_ps(mask, x + j), mean);
      const __m512 scaled = _mm512_mul_ps(d, factor);
      _mm512_mask_storeu_ps(x + j, mask,
                            _mm512_fmadd_ps(scaled, _mm512_maskz_loadu_ps(mask, gamma + j),
                                            _mm512_maskz_loadu_ps(mask, beta + j)));
    }
  }
}

static CK_TARGET void gelu(float *x, intptr_t n) {
  for (intptr_t i = 0; i < n; i += 16) {
    const __mmask16 mask = mask_of(n - i);
    _mm512_mask_storeu_ps(x + i, mask, gelu_of(_mm512_maskz_loadu_ps(mask, x + i)));
  }
}

// Codes become unsigned by flipping their sign bit (c + 128), as the instruction wants one unsigned
// side; 128 · Σ query is taken off again at the end.
static CK_TARGET_VNNI void scan_vnni(const int8_t *query, float query_scale, const int8_t *codes,
                                     const float *scales, intptr_t rows, intptr_t n,
                                     float *scores) {
  const __m512i flip = _mm512_set1_epi8((char)0x80);
  int32_t offset = 0;
  for (intptr_t j = 0; j < n; j++) offset += query[j];
  offset *= 128;
  const intptr_t whole = n & ~(intptr_t)63;
  const __mmask64 mask = n == whole ? 0 : ~0ull >> (64 - (n - whole));
  for (intptr_t i = 0; i < rows; i += 4) {
    // The last rows are computed again rather than with a loop of their own.
    const int8_t *c[4];
    for (int r = 0; r < 4; r++) c[r] = codes + (i + r < rows ? i + r : rows - 1) * n;
    __m512i sum[4];
    for (int r = 0; r < 4; r++) sum[r] = _mm512_setzero_si512();
    intptr_t j = 0;
    for (; j < whole; j += 64) {
      const __m512i q = _mm512_loadu_si512(query + j);
      for (int r = 0; r < 4; r++)
        sum[r] = _mm512_dpbusd_epi32(
            sum[r], _mm512_xor_si512(_mm512_loadu_si512(c[r] + j), flip), q);
    }
    if (mask) {
      const __m512i q = _mm512_maskz_loadu_epi8(mask, query + j);
      for (int r = 0; r < 4; r++)
        sum[r] = _mm512_dpbusd_epi32(
            sum[r], _mm512_xor_si512(_mm512_maskz_loadu_epi8(mask, c[r] + j), flip), q);
    }
    for (int r = 0; r < 4 && i + r < rows; r++)
      scores[i + r] =
          (float)(_mm512_reduce_add_epi32(sum[r]) - offset) * (query_scale * scales[i + r]);
  }
}

static CK_TARGET void scan(const int8_t *query, float query_scale, const int8_t *codes,
                           const float *scales, intptr_t rows, intptr_t n, float *scores) {
  const intptr_t whole = n & ~(intptr_t)31;
  const __mmask32 mask = n == whole ? 0 : ~0u >> (32 - (n - whole));
  for (intptr_t i = 0; i < rows; i++, codes += n) {
    __m512i sum = _mm512_setzero_si512();
    intptr_t j = 0;
    for (; j < whole; j += 32)
      sum = _mm512_add_epi32(
          sum, _mm512_madd_epi16(
                   _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(query + j))),
                   _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(codes + j)))));
    if (mask)
      sum = _mm512_add_epi32(
          sum, _mm512_madd_epi16(_mm512_cvtepi8_epi16(_mm256_maskz_loadu_epi8(mask, query + j)),
                                 _mm512_cvtepi8_epi16(_mm256_maskz_loadu_epi8(mask, codes + j))));
    scores[i] = (float)_mm512_reduce_add_epi32(sum) * (query_scale * scales[i]);
  }
}

#define CK_TABLE(name, scan_function)                                            \
  const ck_kernels name = {.variant = CK_AVX512,                                 \
                           .gemm = gemm,                                         \
                           .pack = pack,                                         \
                           .dot = dot,                                           \
                           .add_scaled = add_scaled,                             \
                           .softmax = softmax,                                   \
                           .layer_norm = layer_norm,                             \
                           .gelu = gelu,                                         \
                           .scan = scan_function}
CK_TABLE(ck_avx512_kernels, scan);
CK_TABLE(ck_avx512_vnni_kernels, scan_vnni);

#endif

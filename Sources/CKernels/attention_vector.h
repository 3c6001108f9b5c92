// Attention over a cache of keys and values, over vectors. Part of decoder_vector.h.
#ifndef CK_ATTENTION_VECTOR_H
#define CK_ATTENTION_VECTOR_H

// Scores of `rows` queries with the positions of one key panel, or of two where a tile of so many
// vectors is wider. `start` is the first value of a head that is taken, of at most CK_ATTEND_HEAD;
// what came before is added to.
CK_INLINE CK_TARGET void score_tile(const int rows, const int vectors, const int half,
                                    const ck_attend *a, const char *panel, const char *next,
                                    intptr_t start, float *scores) {
  const intptr_t left = a->head - start, count = left < CK_ATTEND_HEAD ? left : CK_ATTEND_HEAD;
  const int size = half ? 2 : 4, line = CK_PANEL_WIDTH * size;
  const float *queries = a->scratch + CK_ATTEND_QUERIES;
  for (int column = 0; column < CK_PANEL_WIDTH; column += vectors * LANES) {
    vfloat sum[F_ROWS][2 * F_VECTORS];
    CK_UNROLL for (int r = 0; r < rows; r++)
      CK_UNROLL for (int v = 0; v < vectors; v++)
        sum[r][v] = start > 0 ? v_load(scores + r * CK_ATTEND_CHUNK + column + v * LANES) : v_set(0);
    const char *keys = panel + start * line, *more = next + start * line;
    for (intptr_t i = 0; i < count; i++, keys += line, more += line) {
      vfloat key[2 * F_VECTORS];
      if (rows < F_ROWS) {
        CK_UNROLL for (int at = 0; at < vectors * LANES * size; at += 64)
          CK_AHEAD((at < line ? keys + column * size : more - line) + at + AHEAD);
      }
      CK_UNROLL for (int v = 0; v < vectors; v++) {
        const int at = column + v * LANES;
        const char *place = at < CK_PANEL_WIDTH ? keys + at * size : more + at * size - line;
        key[v] = half ? load_half(place) : v_load((const float *)place);
      }
      CK_UNROLL for (int r = 0; r < rows; r++) {
        const vfloat query = v_set(queries[r * CK_ATTEND_HEAD + i]);
        CK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = v_fma(query, key[v], sum[r][v]);
      }
    }
    CK_UNROLL for (int r = 0; r < rows; r++)
      CK_UNROLL for (int v = 0; v < vectors; v++)
        v_store(scores + r * CK_ATTEND_CHUNK + column + v * LANES, sum[r][v]);
  }
}

// Σ power · value over the positions from … to of a chunk, `vectors` vectors of the values from
// `column` on.
CK_INLINE CK_TARGET void value_tile(const int rows, const int vectors, const int half,
                                    const ck_attend *a, intptr_t from, intptr_t to,
                                    intptr_t column, float *out) {
  vfloat sum[F_ROWS][2 * F_VECTORS];
  CK_UNROLL for (int r = 0; r < rows; r++)
    CK_UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = v_set(0);
  for (intptr_t start = from; start < to;) {
    const intptr_t next = (start / CK_PANEL_WIDTH + 1) * CK_PANEL_WIDTH;
    const intptr_t end = next < to ? next : to;
    const intptr_t place = start / CK_PANEL_WIDTH % a->panels * CK_PANEL_WIDTH + start % CK_PANEL_WIDTH;
    const float *powers = a->scratch + start % CK_ATTEND_CHUNK;
    intptr_t at = place * a->stride + column;
    for (intptr_t i = 0; i < end - start; i++, at += a->stride) {
      vfloat values[2 * F_VECTORS];
      if (rows < F_ROWS) {
        const char *line = (const char *)a->values + at * (half ? 2 : 4);
        CK_UNROLL for (int byte = 0; byte < vectors * LANES * (half ? 2 : 4); byte += 64)
          CK_AHEAD(line + byte + AHEAD);
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
    const intptr_t last = (t->to - 1) / CK_PANEL_WIDTH;
    for (intptr_t panel = t->from / CK_PANEL_WIDTH; panel <= last; panel++) {
      const char *keys = (const char *)a->keys + panel % a->panels * size;
      const char *next = (const char *)a->keys + (panel + 1) % a->panels * size;
      float *scores = a->scratch + panel * CK_PANEL_WIDTH % CK_ATTEND_CHUNK;
      if (rows * 2 > F_ROWS) {
        score_tile(rows, F_VECTORS, half, a, keys, keys, start, scores);
      } else if (2 * F_VECTORS * LANES <= CK_PANEL_WIDTH) {
        score_tile(rows, 2 * F_VECTORS, half, a, keys, keys, start, scores);
      } else if (panel < last) {
        score_tile(rows, 2 * F_VECTORS, half, a, keys, next, start, scores);
        panel++;
      } else {
        score_tile(rows, F_VECTORS, half, a, keys, keys, start, scores);
      }
    }
  }
}

// Few rows take wider tiles: else each sum would wait for the one before it.
CK_INLINE CK_TARGET void values_of(const int rows, const int half, const attend_tile *t) {
  const ck_attend *a = t->a;
  const int wide = rows * 2 > F_ROWS ? F_VECTORS : 2 * F_VECTORS;
  intptr_t column = 0;
  for (; column + wide * LANES <= a->stride; column += wide * LANES)
    value_tile(rows, wide, half, a, t->from, t->to, column, t->partial);
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

#endif

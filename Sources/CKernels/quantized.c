// Writing and reading quantised matrices and caches. This happens when models are imported and
// tokens are stored, not in the inner loops: one plain version for all processors.
#include <math.h>
#include <string.h>

#include "dequantize.h"

intptr_t ck_block_values(int encoding) {
  switch (encoding) {
    case CK_F32:
    case CK_F16:
    case CK_BF16:
      return 1;
    case CK_Q4_0:
    case CK_Q4_1:
    case CK_Q5_0:
    case CK_Q5_1:
    case CK_Q8_0:
      return 32;
    case CK_Q4_K:
    case CK_Q5_K:
    case CK_Q6_K:
      return 256;
    default:
      return 0;
  }
}

intptr_t ck_block_bytes(int encoding) {
  switch (encoding) {
    case CK_F32:
      return 4;
    case CK_F16:
    case CK_BF16:
      return 2;
    case CK_Q4_0:
      return 18;
    case CK_Q4_1:
      return 20;
    case CK_Q5_0:
      return 22;
    case CK_Q5_1:
      return 24;
    case CK_Q8_0:
      return 34;
    case CK_Q4_K:
      return 144;
    case CK_Q5_K:
      return 176;
    case CK_Q6_K:
      return 210;
    default:
      return 0;
  }
}

float ck_from_half(uint16_t half) {
  const uint32_t sign = (uint32_t)(half & 0x8000) << 16;
  const uint32_t magnitude = half & 0x7fff;
  uint32_t bits;
  if (magnitude >= 0x7c00) {
    bits = 0x7f800000 | (magnitude & 0x3ff) << 13;
    // A quiet not-a-number, as the processors' own conversion gives.
    if (magnitude > 0x7c00) bits |= 0x00400000;
  } else if (magnitude >= 0x0400) {
    bits = (magnitude << 13) + (112u << 23);
  } else {
    // Below the normal numbers: magnitude · 2⁻²⁴, exact in f32.
    const float value = (float)magnitude * 0x1p-24f;
    memcpy(&bits, &value, sizeof bits);
  }
  bits |= sign;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

uint16_t ck_to_half(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  const uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
  bits &= 0x7fffffff;
  if (bits > 0x7f800000) return sign | 0x7e00 | (uint16_t)(bits >> 13 & 0x1ff);
  if (bits >= 0x477ff000) return sign | 0x7c00;  // from 65520 on: infinity
  if (bits < 0x38800000) {
    // Adding 0.5 leaves the multiple of 2⁻²⁴ in the low bits, rounded by the processor.
    float magnitude;
    memcpy(&magnitude, &bits, sizeof magnitude);
    magnitude += 0.5f;
    memcpy(&bits, &magnitude, sizeof bits);
    return sign | (uint16_t)(bits - 0x3f000000);
  }
  const uint32_t odd = bits >> 13 & 1;
  return sign | (uint16_t)((bits - (112u << 23) + 0xfff + odd) >> 13);
}

static uint16_t bits_at(const uint8_t *bytes) { return (uint16_t)(bytes[0] | bytes[1] << 8); }

static void put_half(uint8_t *bytes, uint16_t half) {
  bytes[0] = (uint8_t)half;
  bytes[1] = (uint8_t)(half >> 8);
}

static intptr_t block_size(int format) { return format == CK_INT8 ? CK_INT8_BLOCK : CK_INT4_BLOCK; }

static void put_int8(uint8_t *block, int lane, const int8_t codes[CK_GROUP], uint16_t scale) {
  for (int i = 0; i < CK_GROUP; i++)
    block[i / 4 * 128 + lane * 4 + i % 4] = (uint8_t)(codes[i] + 128);
  put_half(block + 1024 + lane * 2, scale);
}

static void put_int4(uint8_t *block, int lane, const uint8_t codes[CK_GROUP], uint16_t scale,
                     uint16_t minimum) {
  const int shift = lane < 16 ? 0 : 4;
  for (int i = 0; i < CK_GROUP; i++) {
    uint8_t *byte = block + i / 4 * 64 + lane % 16 * 4 + i % 4;
    *byte = (uint8_t)((*byte & ~(15 << shift)) | codes[i] << shift);
  }
  put_half(block + 512 + lane * 2, scale);
  put_half(block + 576 + lane * 2, minimum);
}

// To the nearest whole number, ties to even, for |x| ≤ 2²²: a sum so large has no room for a fraction.
static inline float nearest(float x) { return x + 12582912.0f - 12582912.0f; }

// The nearest code to each weight, with a scale that is itself exact in f16.
static void quantize_int8(const float x[CK_GROUP], int8_t codes[CK_GROUP], uint16_t *scale) {
  float top = 0;
  for (int i = 0; i < CK_GROUP; i++) {
    const float magnitude = fabsf(x[i]);
    top = magnitude > top ? magnitude : top;
  }
  uint16_t half = ck_to_half(top / 127);
  // Rounded down too far, as may be among the smallest f16 numbers: the top would not fit.
  if (ck_from_half(half) * 127.5f < top && half < 0x7bff) half++;
  const float d = ck_from_half(half);
  *scale = half;
  if (!(d > 0)) {
    memset(codes, 0, CK_GROUP);
    return;
  }
  for (int i = 0; i < CK_GROUP; i++) {
    float code = nearest(x[i] / d);
    code = code < -127 ? -127 : code;
    code = code > 127 ? 127 : code;
    codes[i] = (int8_t)(int32_t)code;
  }
}

// Codes for a scale and minimum, and the squared error that they leave. Padding has weight 0.
static float codes_for(const float x[CK_GROUP], const float weights[CK_GROUP], float d, float m,
                       float codes[CK_GROUP]) {
  // Scales below the f16 numbers would take the quotient out of range.
  const float inverse = d >= 0x1p-24f ? 1 / d : 0;
  float errors[8] = {0};
  for (int i = 0; i < CK_GROUP; i += 8) {
    for (int j = 0; j < 8; j++) {
      float code = (x[i + j] - m) * inverse;
      code = code < 0 ? 0 : code;
      code = nearest(code > 15 ? 15 : code);
      codes[i + j] = code;
      const float e = d * code + m - x[i + j];
      errors[j] += e * e * weights[i + j];
    }
  }
  float error = 0;
  for (int j = 0; j < 8; j++) error += errors[j];
  return error;
}

// The scale and minimum with the least squared error among: the range itself, shrunk step by step,
// each followed by the least-squares line through its codes.
static void quantize_int4(const float x[CK_GROUP], int count, uint8_t codes[CK_GROUP],
                          uint16_t *scale, uint16_t *minimum) {
  float weights[CK_GROUP], best_codes[CK_GROUP] = {0};
  float low = x[0], high = x[0], sum = 0;
  for (int i = 0; i < CK_GROUP; i++) weights[i] = i < count ? 1 : 0;
  for (int i = 0; i < count; i++) {
    low = x[i] < low ? x[i] : low;
    high = x[i] > high ? x[i] : high;
    sum += x[i];
  }
  float best = INFINITY;
  *scale = *minimum = 0;
  for (int step = 0; step < 8; step++) {
    const float cut = (high - low) * 0.015f * (float)step;
    float d = (high - low - 2 * cut) / 15, m = low + cut;
    for (int round = 0; round < 2; round++) {
      const uint16_t half_d = ck_to_half(d), half_m = ck_to_half(m);
      float trial[CK_GROUP];
      const float error =
          codes_for(x, weights, ck_from_half(half_d), ck_from_half(half_m), trial);
      if (error < best) {
        best = error;
        *scale = half_d;
        *minimum = half_m;
        memcpy(best_codes, trial, sizeof trial);
      }
      float sums[8] = {0}, squares[8] = {0}, products[8] = {0};
      for (int i = 0; i < CK_GROUP; i += 8) {
        for (int j = 0; j < 8; j++) {
          const float code = trial[i + j] * weights[i + j];
          sums[j] += code;
          squares[j] += code * code;
          products[j] += code * x[i + j];
        }
      }
      for (int j = 1; j < 8; j++) {
        sums[0] += sums[j];
        squares[0] += squares[j];
        products[0] += products[j];
      }
      const float spread = (float)count * squares[0] - sums[0] * sums[0];
      if (spread <= 0) break;
      d = ((float)count * products[0] - sums[0] * sum) / spread;
      m = (sum - d * sums[0]) / (float)count;
      if (!(d > 0)) break;
    }
  }
  for (int i = 0; i < CK_GROUP; i++) codes[i] = i < count ? (uint8_t)best_codes[i] : 0;
}

int ck_pack_output(const float *weights, intptr_t inputs, int format, uint8_t *panel, int lane) {
  for (intptr_t first = 0; first < inputs; first += CK_GROUP, panel += block_size(format)) {
    const int count = inputs - first < CK_GROUP ? (int)(inputs - first) : CK_GROUP;
    float x[CK_GROUP] = {0};
    memcpy(x, weights + first, (size_t)count * sizeof(float));
    // The scale, and the minimum, must be numbers in f16 too.
    for (int i = 0; i < count; i++)
      if (!(fabsf(x[i]) <= 65000.0f)) return 0;
    uint16_t scale, minimum;
    if (format == CK_INT8) {
      int8_t codes[CK_GROUP];
      quantize_int8(x, codes, &scale);
      put_int8(panel, lane, codes, scale);
    } else {
      uint8_t codes[CK_GROUP];
      quantize_int4(x, count, codes, &scale, &minimum);
      put_int4(panel, lane, codes, scale, minimum);
    }
  }
  return 1;
}

int ck_can_repack(int encoding, int format) {
  if (format == CK_INT8) return encoding == CK_Q8_0;
  return encoding == CK_Q4_0 || encoding == CK_Q4_1 || encoding == CK_Q4_K;
}

static int is_finite(uint16_t half) { return (half & 0x7c00) != 0x7c00; }

int ck_repack_output(int encoding, const uint8_t *bytes, intptr_t inputs, int format,
                     uint8_t *panel, int lane) {
  const intptr_t groups = inputs / CK_GROUP;
  for (intptr_t group = 0; group < groups; group++, panel += block_size(format)) {
    uint8_t codes[CK_GROUP];
    if (encoding == CK_Q8_0) {
      const uint8_t *block = bytes + group * 34;
      int8_t values[CK_GROUP];
      memcpy(values, block + 2, CK_GROUP);
      if (!is_finite(bits_at(block))) return 0;
      put_int8(panel, lane, values, bits_at(block));
      continue;
    }
    uint16_t scale, minimum;
    const uint8_t *nibbles;
    int low = 1, high = 1;
    if (encoding == CK_Q4_K) {
      const uint8_t *block = bytes + group / 8 * 144;
      uint8_t d, m;
      six_bits(block + 4, (int)(group % 8), &d, &m);
      scale = ck_to_half(half_at(block) * d);
      minimum = ck_to_half(-(half_at(block + 2) * m));
      // 64 values share 32 bytes: the first 32 in the low halves.
      nibbles = block + 16 + group % 8 / 2 * 32;
      low = group % 2 == 0;
      high = !low;
    } else {
      const uint8_t *block = bytes + group * (encoding == CK_Q4_0 ? 18 : 20);
      scale = bits_at(block);
      minimum = encoding == CK_Q4_0 ? ck_to_half(ck_from_half(scale) * -8) : bits_at(block + 2);
      nibbles = block + (encoding == CK_Q4_0 ? 2 : 4);
    }
    if (!is_finite(scale) || !is_finite(minimum)) return 0;
    if (low && high) {
      for (int i = 0; i < 16; i++) {
        codes[i] = nibbles[i] & 15;
        codes[i + 16] = nibbles[i] >> 4;
      }
    } else {
      for (int i = 0; i < CK_GROUP; i++) codes[i] = low ? nibbles[i] & 15 : nibbles[i] >> 4;
    }
    put_int4(panel, lane, codes, scale, minimum);
  }
  return 1;
}

void ck_unpack_output(const uint8_t *panel, int lane, intptr_t inputs, int format, float *weights) {
  for (intptr_t first = 0; first < inputs; first += CK_GROUP, panel += block_size(format)) {
    const int count = inputs - first < CK_GROUP ? (int)(inputs - first) : CK_GROUP;
    if (format == CK_INT8) {
      const float scale = half_at(panel + 1024 + lane * 2);
      for (int i = 0; i < count; i++)
        weights[first + i] = scale * (float)(panel[i / 4 * 128 + lane * 4 + i % 4] - 128);
    } else {
      const float scale = half_at(panel + 512 + lane * 2);
      const float minimum = half_at(panel + 576 + lane * 2);
      const int shift = lane < 16 ? 0 : 4;
      for (int i = 0; i < count; i++) {
        const int code = panel[i / 4 * 64 + lane % 16 * 4 + i % 4] >> shift & 15;
        weights[first + i] = scale * (float)code + minimum;
      }
    }
  }
}

void ck_store_keys(const float *keys, intptr_t ldk, intptr_t tokens, intptr_t head, intptr_t first,
                   void *panels, intptr_t panel_count, int half) {
  for (intptr_t token = 0; token < tokens; token++, keys += ldk) {
    const intptr_t position = first + token;
    const intptr_t start =
        position / CK_PANEL_WIDTH % panel_count * head * CK_PANEL_WIDTH + position % CK_PANEL_WIDTH;
    if (half) {
      uint16_t *column = (uint16_t *)panels + start;
      for (intptr_t i = 0; i < head; i++) column[i * CK_PANEL_WIDTH] = ck_to_half(keys[i]);
    } else {
      float *column = (float *)panels + start;
      for (intptr_t i = 0; i < head; i++) column[i * CK_PANEL_WIDTH] = keys[i];
    }
  }
}

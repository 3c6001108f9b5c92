// Plain loops over the blocks of GGUF tensor encodings, and other loops that a compiler can make
// vectors of. Included once for each instruction set, with CK_TARGET naming it. Products and sums
// are never fused here, so all versions agree to the bit.
#ifndef CK_DEQUANTIZE_H
#define CK_DEQUANTIZE_H

#include <string.h>

#include "ck_decoder.h"
#include "internal.h"

#ifndef CK_TARGET
#define CK_TARGET
#endif

#pragma STDC FP_CONTRACT OFF

CK_INLINE CK_TARGET float half_at(const uint8_t *bytes) {
  return ck_from_half((uint16_t)(bytes[0] | bytes[1] << 8));
}

// The six-bit scales and minima of eight groups lie in twelve bytes: four low parts of each, then
// the high groups' low four bits, whose top two bits fill up the first eight bytes.
CK_INLINE CK_TARGET void six_bits(const uint8_t *packed, int index, uint8_t *scale,
                                  uint8_t *minimum) {
  if (index < 4) {
    *scale = packed[index] & 63;
    *minimum = packed[index + 4] & 63;
  } else {
    *scale = (uint8_t)((packed[index + 4] & 15) | (packed[index - 4] >> 6) << 4);
    *minimum = (uint8_t)(packed[index + 4] >> 4 | (packed[index] >> 6) << 4);
  }
}

// Blocks of 32 with one scale: codes 0 … 31 of which the high bits lie apart, less an offset.
CK_INLINE CK_TARGET void dequantize_32(const uint8_t *block, const uint8_t *high_bits,
                                       const uint8_t *nibbles, int bias, const float *minimum,
                                       float *out) {
  const float d = half_at(block);
  uint32_t high = 0;
  if (high_bits)
    for (int i = 0; i < 4; i++) high |= (uint32_t)high_bits[i] << 8 * i;
  int32_t codes[32];
  for (int i = 0; i < 16; i++) {
    codes[i] = nibbles[i] & 15;
    codes[i + 16] = nibbles[i] >> 4;
  }
  if (high_bits)
    for (int i = 0; i < 32; i++) codes[i] |= (int32_t)(high >> i & 1) << 4;
  if (minimum) {
    const float m = *minimum;
    for (int i = 0; i < 32; i++) {
      const float scaled = d * (float)codes[i];
      out[i] = scaled + m;
    }
  } else {
    for (int i = 0; i < 32; i++) out[i] = d * (float)(codes[i] - bias);
  }
}

// Blocks of 256 in eight groups of 32 with six-bit scales and minima: Q4_K, and Q5_K with its high
// bits.
CK_INLINE CK_TARGET void dequantize_scaled(const uint8_t *block, const uint8_t *high,
                                           const uint8_t *nibbles, float *out) {
  const float d = half_at(block), dmin = half_at(block + 2);
  for (int group = 0; group < 8; group++, out += 32) {
    uint8_t scale, minimum;
    six_bits(block + 4, group, &scale, &minimum);
    const float ds = d * (float)scale, dm = dmin * (float)minimum;
    const uint8_t *bytes = nibbles + group / 2 * 32;
    const int shift = group % 2 * 4;
    for (int i = 0; i < 32; i++) {
      int32_t code = bytes[i] >> shift & 15;
      if (high) code |= (high[i] >> group & 1) << 4;
      const float scaled = ds * (float)code;
      out[i] = scaled - dm;
    }
  }
}

CK_INLINE CK_TARGET void dequantize_q6(const uint8_t *block, float *out) {
  const uint8_t *high = block + 128;
  const int8_t *scales = (const int8_t *)(block + 192);
  const float d = half_at(block + 208);
  for (int group = 0; group < 8; group++, out += 32) {
    // Four groups share 64 low and 32 high bytes.
    const uint8_t *low = block + group / 4 * 64 + group % 2 * 32;
    const uint8_t *top = high + group / 4 * 32;
    const int shift = group % 4 / 2 * 4, top_shift = group % 4 * 2;
    for (int half = 0; half < 2; half++) {
      const float ds = d * (float)scales[group * 2 + half];
      for (int i = half * 16; i < half * 16 + 16; i++) {
        const int32_t code = (low[i] >> shift & 15) | (top[i] >> top_shift & 3) << 4;
        out[i] = ds * (float)(code - 32);
      }
    }
  }
}

CK_UNUSED static CK_TARGET void dequantize_blocks(int encoding, const uint8_t *bytes, intptr_t count,
                                        float *out) {
  const intptr_t values = ck_block_values(encoding), size = ck_block_bytes(encoding);
  if (values == 0) return;
  if (encoding == CK_F32) {
    memcpy(out, bytes, (size_t)count * 4);
    return;
  }
  if (encoding == CK_BF16) {
    for (intptr_t i = 0; i < count; i++) {
      uint16_t half;
      memcpy(&half, bytes + 2 * i, 2);
      const uint32_t bits = (uint32_t)half << 16;
      memcpy(out + i, &bits, 4);
    }
    return;
  }
  for (intptr_t i = 0; i < count; i += values, bytes += size, out += values) {
    float minimum;
    switch (encoding) {
      case CK_F16:
        *out = half_at(bytes);
        break;
      case CK_Q8_0: {
        const float d = half_at(bytes);
        for (int j = 0; j < 32; j++) out[j] = (float)(int8_t)bytes[2 + j] * d;
        break;
      }
      case CK_Q4_0:
        dequantize_32(bytes, 0, bytes + 2, 8, 0, out);
        break;
      case CK_Q4_1:
        minimum = half_at(bytes + 2);
        dequantize_32(bytes, 0, bytes + 4, 0, &minimum, out);
        break;
      case CK_Q5_0:
        dequantize_32(bytes, bytes + 2, bytes + 6, 16, 0, out);
        break;
      case CK_Q5_1:
        minimum = half_at(bytes + 2);
        dequantize_32(bytes, bytes + 4, bytes + 8, 0, &minimum, out);
        break;
      case CK_Q4_K:
        dequantize_scaled(bytes, 0, bytes + 16, out);
        break;
      case CK_Q5_K:
        dequantize_scaled(bytes, bytes + 16, bytes + 48, out);
        break;
      default:
        dequantize_q6(bytes, out);
        break;
    }
  }
}

// Eight-bit activations. The same source in every version, so the codes agree.
CK_UNUSED static CK_TARGET void quantize_rows(const float *x, intptr_t ldx, intptr_t rows, intptr_t inputs,
                                    ck_activations out) {
  const intptr_t groups = (inputs + CK_GROUP - 1) / CK_GROUP;
  for (intptr_t row = 0; row < rows; row++) {
    for (intptr_t group = 0; group < groups; group++) {
      const float *values = x + row * ldx + group * CK_GROUP;
      float padded[CK_GROUP] = {0};
      if (inputs - group * CK_GROUP < CK_GROUP) {
        memcpy(padded, values, (size_t)(inputs - group * CK_GROUP) * sizeof(float));
        values = padded;
      }
      // Compared as integers, so that infinities and what is no number come out on top.
      uint32_t top = 0;
      for (int i = 0; i < CK_GROUP; i++) {
        uint32_t bits;
        memcpy(&bits, values + i, 4);
        bits &= 0x7fffffff;
        top = bits > top ? bits : top;
      }
      float highest;
      memcpy(&highest, &top, 4);
      const intptr_t index = row * groups + group;
      int8_t *codes = out.codes + index * CK_GROUP;
      // Below this the inverse of the scale would overflow; above, nothing is finite.
      if (highest < 1e-35f || top >= 0x7f800000) {
        memset(codes, 0, CK_GROUP);
        const float scale = top >= 0x7f800000 ? __builtin_nanf("") : 0;
        out.scales[index] = scale;
        out.starts[index] = 0;
        out.offsets[index] = scale;
        continue;
      }
      const float inverse = 127 / highest, scale = highest / 127;
      int32_t sum = 0;
      for (int i = 0; i < CK_GROUP; i++) {
        const int32_t code = (int32_t)__builtin_rintf(values[i] * inverse);
        codes[i] = (int8_t)code;
        sum += code;
      }
      out.scales[index] = scale;
      out.starts[index] = -128 * sum;
      out.offsets[index] = scale * (float)sum;
    }
  }
}

#pragma STDC FP_CONTRACT DEFAULT

#endif

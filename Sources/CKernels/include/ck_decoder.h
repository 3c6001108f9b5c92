// Inner loops of language-model inference: weights in 8 or 4 bits, a key-value cache, and the tensor
// encodings of GGUF files. The rules are those of ckernels.h: no allocation, no threads, shapes are
// the caller's promise.
//
// For one processor, each row of a result depends on its own inputs alone, bit for bit: not on which
// rows are computed beside it. So a prompt taken whole and taken token by token gives equal numbers.
#ifndef CK_DECODER_H
#define CK_DECODER_H

#include "ckernels.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// Inputs that share one scale, in weights and in activations.
#define CK_GROUP 32

/// How the weights of a quantised matrix are written. Weights lie in panels of 32 outputs; a panel
/// is one block per group of 32 inputs. Within a block comes, for input 4s + i (s < 8, i < 4) and
/// output j:
///   CK_INT8: byte 128s + 4j + i: code + 128, code in −128 … 127. Then 32 f16 scales, one per
///            output. Weight = scale · code.
///   CK_INT4: byte 64s + 4(j mod 16) + i: the code, 0 … 15, in the low half for j < 16, else in the
///            high half. Then 32 f16 scales and 32 f16 minima. Weight = scale · code + minimum.
typedef enum ck_weight_format { CK_INT8 = 0, CK_INT4 = 1 } ck_weight_format;

/// Bytes of one block of a panel.
#define CK_INT8_BLOCK 1088
#define CK_INT4_BLOCK 640

/// Activations in 8 bits with one scale per row and group: value ≈ scale · code, codes in −127 … 127.
/// A group with a value that is not finite has codes 0 and a scale that is not a number.
typedef struct ck_activations {
  int8_t *codes;    // [rows × groups · 32], zero beyond the last input
  float *scales;    // [rows × groups]
  int32_t *starts;  // [rows × groups]: −128 · Σ codes
  float *offsets;   // [rows × groups]: scale · Σ codes
} ck_activations;

/// c[m × n] = x[m × k] · weights, then + bias and + residual where given.
typedef struct ck_quantized_product {
  ck_activations x;       // of the first row
  const uint8_t *panels;  // ceil(n / 32) panels of `groups` blocks
  float *c;               // [m × n], rows ldc floats apart
  const float *_Nullable bias;      // [n] or null
  const float *_Nullable residual;  // [m × n] or null, rows ldr floats apart; may be c itself
  intptr_t ldc, ldr;
  intptr_t m, n, groups;
  int format;             // ck_weight_format
} ck_quantized_product;

/// Most query rows of one call's tile, and positions of one step over the keys.
#define CK_ATTEND_ROWS 12
#define CK_ATTEND_CHUNK 256
/// Values of a head that are taken at once.
#define CK_ATTEND_HEAD 256
/// Scratch memory of attention in floats: scores, then queries, then sums of one tile, the last
/// CK_ATTEND_ROWS × stride.
#define CK_ATTEND_QUERIES (CK_ATTEND_ROWS * CK_ATTEND_CHUNK)
#define CK_ATTEND_PARTIAL (CK_ATTEND_QUERIES + CK_ATTEND_ROWS * CK_ATTEND_HEAD)

/// Attention of some tokens over the cached keys and values of one key-value head.
///
/// A row is one query head of one token: row = token · group + head. It sees the positions
/// p − window + 1 … p, where p = first + token is its own. The result is left unnormalised, with
/// each row's highest score and sum of powers, so that parts over different chunks can be merged.
typedef struct ck_attend {
  const float *queries;  // [tokens × group · head], tokens ldq floats apart
  intptr_t ldq;
  intptr_t tokens, group, head;
  intptr_t first;
  intptr_t window;
  intptr_t chunk, chunks;  // the first chunk of 256 positions and how many
  const void *keys;        // [panels × head × 32]: positions are the columns
  const void *values;      // [panels · 32 × stride]: positions are the rows
  intptr_t panels;         // position p lies in panel (p / 32) mod panels
  intptr_t stride;         // head rounded up to a multiple of 16; values are zero beyond head
  int half;                // keys and values are f16, not f32
  float scale;             // of a score, before softmax
  float softcap;           // scores become cap · tanh(score / cap); 0 for none
  float *scratch;          // [CK_ATTEND_PARTIAL + CK_ATTEND_ROWS × stride]
  float *sums;             // [tokens · group × stride]: Σ power · value
  float *tops;             // [tokens · group]: highest score
  float *totals;           // [tokens · group]: Σ power; 0 where no position was seen
} ck_attend;

/// Tensor encodings, numbered as in GGUF files.
typedef enum ck_encoding {
  CK_F32 = 0,
  CK_F16 = 1,
  CK_Q4_0 = 2,
  CK_Q4_1 = 3,
  CK_Q5_0 = 6,
  CK_Q5_1 = 7,
  CK_Q8_0 = 8,
  CK_Q4_K = 12,
  CK_Q5_K = 13,
  CK_Q6_K = 14,
  CK_BF16 = 30,
} ck_encoding;

typedef struct ck_decoder_kernels {
  ck_variant variant;

  /// Quantises rows of x [rows × inputs], ldx floats apart.
  void (*_Nonnull quantize)(const float *x, intptr_t ldx, intptr_t rows, intptr_t inputs,
                            ck_activations out);

  void (*_Nonnull multiply)(const ck_quantized_product *p);

  /// Each row of x [m × n] times (weight[i] + shift) / √(mean square + epsilon), to y. Rows are ldx
  /// and ldy floats apart; y may be x.
  void (*_Nonnull rms_norm)(const float *x, intptr_t ldx, float *y, intptr_t ldy, intptr_t m,
                            intptr_t n, const float *weight, float shift, float epsilon);

  /// out[i] = gate[i] / (1 + exp(−gate[i])) · up[i]; out may be gate or up.
  void (*_Nonnull silu_multiply)(const float *gate, const float *up, float *out, intptr_t n);

  /// The same with GELU in its tanh approximation.
  void (*_Nonnull gelu_multiply)(const float *gate, const float *up, float *out, intptr_t n);

  /// Rotates pairs of x by the angles whose cosines and sines are given: (x[i], x[i + pairs]), or
  /// (x[2i], x[2i + 1]) where `interleaved`.
  void (*_Nonnull rotate)(float *x, const float *cosines, const float *sines, intptr_t pairs,
                          int interleaved);

  void (*_Nonnull attend)(const ck_attend *a);

  /// Adds part b to part a of the same rows: both as attend leaves them.
  void (*_Nonnull merge)(float *sums, float *top, float *total, const float *b_sums, float b_top,
                         float b_total, intptr_t stride);

  /// f32 to f16, to the nearest, ties to even.
  void (*_Nonnull to_half)(const float *x, uint16_t *y, intptr_t n);

  /// `count` values, a whole number of the encoding's blocks. `bytes` needs no alignment.
  void (*_Nonnull dequantize)(int encoding, const uint8_t *bytes, intptr_t count, float *out);

  /// Index of the highest value, the first of equals; values that are not numbers are passed over.
  /// −1 if there is none.
  intptr_t (*_Nonnull argmax)(const float *x, intptr_t n);
} ck_decoder_kernels;

/// The kernels of one instruction set, or null if this build or this processor lacks it.
const ck_decoder_kernels *_Nullable ck_decoder_kernels_for(ck_variant variant);

/// The same as a processor without dot products of bytes would get them.
const ck_decoder_kernels *_Nullable ck_plain_decoder_kernels_for(ck_variant variant);

/// Values of one block of an encoding, or 0 if it is none of ck_encoding.
intptr_t ck_block_values(int encoding);
/// Bytes of one block of an encoding.
intptr_t ck_block_bytes(int encoding);

/// Writes one output of a quantised matrix: its weights, quantised from f32. `panel` is the start of
/// its panel, `lane` its place there. A weight that is not finite makes the result 0.
int ck_pack_output(const float *weights, intptr_t inputs, int format, uint8_t *panel, int lane);

/// Whether blocks of an encoding can go into a format as they are.
int ck_can_repack(int encoding, int format);

/// Writes one output from blocks of a GGUF encoding without quantising again. The result is 0 if a
/// scale or minimum is not finite in f16; the output must then be written another way.
int ck_repack_output(int encoding, const uint8_t *bytes, intptr_t inputs, int format,
                     uint8_t *panel, int lane);

/// Reads one output of a quantised matrix back as f32.
void ck_unpack_output(const uint8_t *panel, int lane, intptr_t inputs, int format, float *weights);

/// Writes f32 keys [tokens × head], ldk floats apart, as the columns of positions first … of a ring
/// of key panels.
void ck_store_keys(const float *keys, intptr_t ldk, intptr_t tokens, intptr_t head, intptr_t first,
                   void *panels, intptr_t panel_count, int half);

/// f16 to f32 and back, in plain C.
float ck_from_half(uint16_t half);
uint16_t ck_to_half(float value);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

import CKernels

/// The sizes of one attention call, and the work for one head of one sequence.
struct AttentionShape: Sendable {
  /// Floats of one head.
  let head: Int
  /// Floats of all heads.
  let columns: Int
  /// Tokens of the longest sequence.
  let longest: Int

  /// Query rows taken at once: their scores stay in the first-level cache.
  private static let block = 24

  /// Floats of scratch memory for one part: packed keys, packed values, scores of one block.
  var scratchCount: Int {
    keyCount(longest) + valueCount(longest) + Self.block * longest
  }

  private func keyCount(_ tokens: Int) -> Int {
    PackedMatrix.panels(tokens) * CK.panelWidth * head
  }

  private func valueCount(_ tokens: Int) -> Int {
    PackedMatrix.panels(head) * CK.panelWidth * tokens
  }

  /// context = softmax(Q · Kᵀ / √head) · V for one head of one sequence.
  ///
  /// - Parameters:
  ///   - query: the head's part of the first row; its key lies `columns` further, its value
  ///     2 · `columns` further, the next row 3 · `columns` further.
  ///   - context: the head's part of the first result row; rows are `columns` apart.
  ///   - tokens: length of the sequence, at most `longest`.
  ///   - scratch: ``scratchCount`` floats.
  ///   - table: the kernels.
  func attend(
    query: UnsafePointer<Float>,
    context: UnsafeMutablePointer<Float>,
    tokens: Int,
    scratch: UnsafeMutablePointer<Float>,
    table: UnsafePointer<ck_kernels>
  ) {
    let stride = 3 * columns
    let keys = scratch
    let values = keys + keyCount(tokens)
    let scores = values + valueCount(tokens)
    table.pointee.pack(query + columns, stride, tokens, head, keys)
    ck_pack_columns(query + 2 * columns, stride, tokens, head, values)
    let scale = 1 / Float(head).squareRoot()
    var start = 0
    while start < tokens {
      let count = min(Self.block, tokens - start)
      var product = ck_gemm(
        a: query + start * stride,
        panels: keys,
        c: scores,
        bias: nil,
        residual: nil,
        lda: stride,
        ldc: tokens,
        ldr: 0,
        m: count,
        n: tokens,
        k: head,
        gelu: 0
      )
      table.pointee.gemm(&product)
      table.pointee.softmax(scores, tokens, count, tokens, scale)
      var weighted = ck_gemm(
        a: scores,
        panels: values,
        c: context + start * columns,
        bias: nil,
        residual: nil,
        lda: tokens,
        ldc: columns,
        ldr: 0,
        m: count,
        n: head,
        k: tokens,
        gelu: 0
      )
      table.pointee.gemm(&weighted)
      start += count
    }
  }
}

import CKernels

/// Attention of one query head within one segment, forwards and backwards, by blocks of query rows.
///
/// Sendable without checks: lives for one ``KernelSet`` call; the pointers are the caller's, and
/// each part of the work writes its own head and rows.
struct SegmentAttention: @unchecked Sendable {
  /// The first row of a head in a matrix, and how far apart its rows are.
  struct Rows {
    let base: UnsafeMutablePointer<Float>
    let stride: Int
  }

  let attention: TrainingAttention
  let tokens: Int
  let prefix: Int
  let kernels: KernelSet

  /// Query rows taken at once: their scores stay in the second-level cache.
  private static let height = 48

  private var size: Int { attention.headSize }
  /// Floats between rows of scores: not a power of two, which would crowd a few places of the cache.
  private var width: Int { PackedMatrix.panels(tokens) * CK.panelWidth + 16 }
  private var tokenPanels: Int { PackedMatrix.panels(tokens) * CK.panelWidth * size }
  private var valuePanels: Int { PackedMatrix.panels(size) * CK.panelWidth * tokens }
  private var scoreCount: Int { Self.height * width }

  /// context = softmax(query · keyᵀ) · value.
  func forward(query: Rows, key: Rows, value: Rows, context: Rows) {
    let memory = FloatBuffer(count: tokenPanels + valuePanels + scoreCount, isZeroed: false)
    let keys = memory.base
    let values = keys + tokenPanels
    let scores = values + valuePanels
    kernels.table.pointee.pack(key.base, key.stride, tokens, size, keys)
    ck_pack_columns(value.base, value.stride, tokens, size, values)
    eachBlock { rows, seen in
      powers(query, keys, rows: rows, seen: seen, into: scores, capped: nil)
      multiply(
        scores,
        width,
        values + seen.lowerBound * CK.panelWidth,
        panel: tokens * CK.panelWidth,
        into: Rows(
          base: context.base + rows.lowerBound * context.stride,
          stride: context.stride
        ),
        m: rows.count,
        n: size,
        k: seen.count
      )
    }
  }

  /// Writes the query's gradient, and adds to those of key and value.
  func backward(
    query: Rows,
    key: Rows,
    value: Rows,
    context: Rows,
    gradient: Rows,
    intoQuery queryGradient: Rows,
    key keyGradient: Rows,
    value valueGradient: Rows
  ) {
    let blockPanels = PackedMatrix.panels(size) * CK.panelWidth * Self.height
    let memory = FloatBuffer(
      count: 2 * tokenPanels + valuePanels + 3 * scoreCount + blockPanels,
      isZeroed: false
    )
    let keys = memory.base
    let values = keys + tokenPanels
    let keyColumns = values + tokenPanels
    let scores = keyColumns + valuePanels
    let slopes = scores + scoreCount
    let capped = attention.softcap == nil ? nil : slopes + scoreCount
    let block = slopes + 2 * scoreCount
    let panel = CK.panelWidth
    kernels.table.pointee.pack(key.base, key.stride, tokens, size, keys)
    kernels.table.pointee.pack(value.base, value.stride, tokens, size, values)
    ck_pack_columns(key.base, key.stride, tokens, size, keyColumns)
    eachBlock { rows, seen in
      let first = rows.lowerBound
      let out = gradient.base + first * gradient.stride
      powers(query, keys, rows: rows, seen: seen, into: scores, capped: capped)
      // The gradient of the values: powersᵀ · gradient.
      ck_pack_columns(out, gradient.stride, rows.count, size, block)
      multiply(
        scores,
        width,
        block,
        panel: rows.count * panel,
        into: Rows(
          base: valueGradient.base + seen.lowerBound * valueGradient.stride,
          stride: valueGradient.stride
        ),
        m: seen.count,
        n: size,
        k: rows.count,
        transposed: true,
        adds: true
      )
      // The gradient of the powers, then of the scores.
      multiply(
        out,
        gradient.stride,
        values + seen.lowerBound * size,
        panel: panel * size,
        into: Rows(base: slopes, stride: width),
        m: rows.count,
        n: seen.count,
        k: size
      )
      for row in rows {
        let place = (row - first) * width
        let delta = kernels.table.pointee.dot(
          context.base + row * context.stride,
          gradient.base + row * gradient.stride,
          size
        )
        kernels.training.pointee.softmax_backward(
          scores + place,
          slopes + place,
          seen.count,
          delta,
          attention.scale,
          capped.map { UnsafePointer($0 + place) },
          attention.softcap ?? 1
        )
      }
      multiply(
        slopes,
        width,
        keyColumns + seen.lowerBound * panel,
        panel: tokens * panel,
        into: Rows(
          base: queryGradient.base + first * queryGradient.stride,
          stride: queryGradient.stride
        ),
        m: rows.count,
        n: size,
        k: seen.count
      )
      ck_pack_columns(query.base + first * query.stride, query.stride, rows.count, size, block)
      multiply(
        slopes,
        width,
        block,
        panel: rows.count * panel,
        into: Rows(
          base: keyGradient.base + seen.lowerBound * keyGradient.stride,
          stride: keyGradient.stride
        ),
        m: seen.count,
        n: size,
        k: rows.count,
        transposed: true,
        adds: true
      )
    }
  }

  /// Calls `body` with blocks of query rows and the tokens that any of them sees, from the beginning
  /// of a panel on.
  private func eachBlock(_ body: (_ rows: Range<Int>, _ seen: Range<Int>) -> Void) {
    var first = 0
    while first < tokens {
      let rows = first..<min(tokens, first + Self.height)
      var start = tokens
      var end = 0
      for row in rows {
        let seen = attention.visible(from: row, of: tokens, prefix: prefix)
        start = min(start, seen.lowerBound)
        end = max(end, seen.upperBound)
      }
      body(rows, start / CK.panelWidth * CK.panelWidth..<end)
      first = rows.upperBound
    }
  }

  /// The attention weights of some rows, `width` floats apart; 0 for what a row does not see.
  private func powers(
    _ query: Rows,
    _ keys: UnsafePointer<Float>,
    rows: Range<Int>,
    seen: Range<Int>,
    into scores: UnsafeMutablePointer<Float>,
    capped: UnsafeMutablePointer<Float>?
  ) {
    multiply(
      query.base + rows.lowerBound * query.stride,
      query.stride,
      keys + seen.lowerBound * size,
      panel: CK.panelWidth * size,
      into: Rows(base: scores, stride: width),
      m: rows.count,
      n: seen.count,
      k: size
    )
    for row in rows {
      let line = scores + (row - rows.lowerBound) * width
      let own = attention.visible(from: row, of: tokens, prefix: prefix)
      let first = own.lowerBound - seen.lowerBound
      var scale = attention.scale
      if let cap = attention.softcap {
        kernels.training.pointee.soft_cap(line, seen.count, scale, cap)
        capped?.advanced(by: (row - rows.lowerBound) * width).update(from: line, count: seen.count)
        scale = 1
      }
      kernels.table.pointee.softmax(line + first, own.count, 1, own.count, scale)
      line.update(repeating: 0, count: first)
      (line + first + own.count).update(repeating: 0, count: seen.count - first - own.count)
    }
  }

  private func multiply(
    _ a: UnsafePointer<Float>,
    _ lda: Int,
    _ panels: UnsafePointer<Float>,
    panel: Int,
    into c: Rows,
    m: Int,
    n: Int,
    k: Int,
    transposed: Bool = false,
    adds: Bool = false
  ) {
    var task = ck_product(
      a: a,
      b: panels,
      c: c.base,
      lda: lda,
      ldb: CK.panelWidth,
      panel: panel,
      ldc: c.stride,
      m: m,
      n: n,
      k: k,
      scale: 1,
      transposed: transposed ? 1 : 0,
      adds: adds ? 1 : 0
    )
    kernels.training.pointee.product(&task)
  }
}

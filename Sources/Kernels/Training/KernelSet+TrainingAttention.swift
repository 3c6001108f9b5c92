import CKernels

extension KernelSet {
  /// Attention within segments that lie one after another in the same matrices, for training:
  /// context = softmax(scale · Q · Kᵀ) · V for each head, over the tokens that
  /// ``TrainingAttention`` lets a token see.
  ///
  /// - Parameters:
  ///   - query: [tokens × heads · headSize], heads side by side.
  ///   - key: [tokens × keyValueHeads · headSize].
  ///   - value: as `key`.
  ///   - segments: the rows of each segment, counted from the first row of the views; they must not
  ///     overlap. Rows outside are left alone.
  ///   - prefixes: for each segment, how many of its first tokens see each other in both directions
  ///     although the rest is causal; none if `nil`.
  ///   - attention: the heads and the mask.
  ///   - context: [≥ tokens × heads · headSize], the result.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func attend(
    _ query: MatrixView,
    _ key: MatrixView,
    _ value: MatrixView,
    segments: [Range<Int>],
    prefixes: [Int]? = nil,
    _ attention: TrainingAttention,
    into context: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    let result = MatrixView(context)
    try check(attention, segments, prefixes, queries: [query, result], keys: [key, value])
    let heads = attention.heads
    pool.run(parts: segments.count * heads) { part in
      let segment = segments[part / heads]
      let head = part % heads
      let shared = head / (heads / attention.keyValueHeads)
      let size = attention.headSize
      work(attention, segment, prefixes?[part / heads]).forward(
        query: query.head(head, size, segment),
        key: key.head(shared, size, segment),
        value: value.head(shared, size, segment),
        context: result.head(head, size, segment)
      )
    }
  }

  /// The backward pass of ``attend(_:_:_:segments:prefixes:_:into:pool:)``. The attention weights
  /// are computed again, some rows at a time.
  ///
  /// - Parameters:
  ///   - query: as in the forward pass.
  ///   - key: as in the forward pass.
  ///   - value: as in the forward pass.
  ///   - context: the result of the forward pass.
  ///   - gradient: the gradient of `context`, of its shape.
  ///   - segments: as in the forward pass.
  ///   - prefixes: as in the forward pass.
  ///   - attention: the heads and the mask.
  ///   - queryGradient: as `query`; rows in segments are written.
  ///   - keyGradient: as `key`; rows in segments are written.
  ///   - valueGradient: as `value`; rows in segments are written.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func attendBackward(
    _ query: MatrixView,
    _ key: MatrixView,
    _ value: MatrixView,
    context: Matrix,
    gradient: Matrix,
    segments: [Range<Int>],
    prefixes: [Int]? = nil,
    _ attention: TrainingAttention,
    intoQuery queryGradient: MatrixView,
    key keyGradient: MatrixView,
    value valueGradient: MatrixView,
    pool: WorkerPool
  ) throws(KernelError) {
    let results = MatrixView(context)
    let gradients = MatrixView(gradient)
    try check(
      attention,
      segments,
      prefixes,
      queries: [query, results, gradients, queryGradient],
      keys: [key, value, keyGradient, valueGradient]
    )
    let heads = attention.heads
    let size = attention.headSize
    let group = heads / attention.keyValueHeads
    // Each query head has sums of its own for key and value, added up in order afterwards.
    let tokens = segments.reduce(0) { $0 + $1.count }
    let sums = Matrix(rows: 2 * tokens, columns: heads * size)
    let starts = segments.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    pool.run(parts: segments.count * heads) { part in
      let segment = segments[part / heads]
      let head = part % heads
      let start = starts[part / heads]
      let own = start..<start + segment.count
      work(attention, segment, prefixes?[part / heads]).backward(
        query: query.head(head, size, segment),
        key: key.head(head / group, size, segment),
        value: value.head(head / group, size, segment),
        context: results.head(head, size, segment),
        gradient: gradients.head(head, size, segment),
        intoQuery: queryGradient.head(head, size, segment),
        key: MatrixView(sums).head(head, size, own),
        value: MatrixView(sums, rows: tokens..<2 * tokens).head(head, size, own)
      )
    }
    for (part, view) in [keyGradient, valueGradient].enumerated() {
      for (segment, start) in zip(segments, starts) {
        pool.ranges(count: segment.count, grain: 16) { rows in
          for row in rows {
            let from = sums.base + (part * tokens + start + row) * heads * size
            let into = view.base + (segment.lowerBound + row) * view.matrix.columns
            for shared in 0..<attention.keyValueHeads {
              let first = from + shared * group * size
              let out = into + shared * size
              out.update(from: first, count: size)
              for head in 1..<max(group, 1) {
                table.pointee.add_scaled(1, first + head * size, out, size)
              }
            }
          }
        }
      }
    }
  }

  private func work(
    _ attention: TrainingAttention,
    _ segment: Range<Int>,
    _ prefix: Int?
  ) -> SegmentAttention {
    SegmentAttention(
      attention: attention,
      tokens: segment.count,
      prefix: prefix ?? 0,
      kernels: self
    )
  }

  private func check(
    _ attention: TrainingAttention,
    _ segments: [Range<Int>],
    _ prefixes: [Int]?,
    queries: [MatrixView],
    keys: [MatrixView]
  ) throws(KernelError) {
    let heads = attention.heads
    let shared = attention.keyValueHeads
    guard heads > 0, shared > 0, heads % shared == 0, attention.headSize > 0, attention.scale > 0,
      attention.window ?? 1 > 0, attention.softcap ?? 1 > 0
    else {
      throw .shapes(
        "attention",
        "\(heads) heads [\(attention.headSize)], scale \(attention.scale)",
        "\(shared) key-value heads, a positive scale, window and cap"
      )
    }
    let rows = (queries + keys).map(\.rows.count).min() ?? 0
    let sides = queries.map { ($0, heads) } + keys.map { ($0, shared) }
    for (view, heads) in sides
    where !view.isInside || view.columns.count != heads * attention.headSize {
      throw .shapes("attention", view.shape, "\(heads) heads [\(attention.headSize)]")
    }
    var end = 0
    for segment in segments {
      guard segment.lowerBound >= end, segment.upperBound <= rows else {
        throw .shapes("attention", "segment \(segment)", "rows \(end)..<\(rows)")
      }
      end = segment.upperBound
    }
    if let prefixes, prefixes.count != segments.count || prefixes.contains(where: { $0 < 0 }) {
      throw .shapes("attention", "\(prefixes.count) prefixes", "\(segments.count) segments")
    }
  }
}

extension MatrixView {
  /// One head of a segment.
  fileprivate func head(_ head: Int, _ size: Int, _ segment: Range<Int>) -> SegmentAttention.Rows {
    SegmentAttention.Rows(
      base: base + segment.lowerBound * matrix.columns + head * size,
      stride: matrix.columns
    )
  }
}

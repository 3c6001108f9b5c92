import CKernels

extension KernelSet {
  /// Puts the keys and values of consecutive tokens into a cache.
  ///
  /// - Parameters:
  ///   - projections: [≥ rows.upperBound × columns], with all key heads side by side from one column
  ///     on and all value heads from another.
  ///   - rows: the rows of the tokens.
  ///   - keyColumn: where the keys begin.
  ///   - valueColumn: where the values begin.
  ///   - position: the position of the first token.
  ///   - cache: where they go; at most `capacity` tokens at once.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func store(
    _ projections: Matrix,
    rows: Range<Int>,
    keyColumn: Int,
    valueColumn: Int,
    at position: Int,
    in cache: AttentionCache,
    pool: WorkerPool
  ) throws(KernelError) {
    try checkHeads("key cache", projections, rows, keyColumn, cache.heads, cache.headSize)
    try checkHeads("value cache", projections, rows, valueColumn, cache.heads, cache.headSize)
    guard position >= 0, rows.count <= cache.capacity, position < Int.max - rows.count else {
      throw .shapes("cache", "\(rows.count) tokens at position \(position)", "cache \(cache.shape)")
    }
    let columns = projections.columns
    let first = projections.base + rows.lowerBound * columns
    let p = SharedPointer((keys: first + keyColumn, values: first + valueColumn, kernels: decoder))
    let size = cache.headSize
    pool.ranges(count: cache.heads, grain: max(1, 8192 / max(1, rows.count * size))) { heads in
      for head in heads {
        ck_store_keys(
          p.pointer.keys + head * size,
          columns,
          rows.count,
          size,
          position,
          cache.keys(head),
          cache.capacity / CK.panelWidth,
          cache.isHalf ? 1 : 0
        )
        for row in 0..<rows.count {
          let place = (position + row) % cache.capacity * cache.stride
          let source = p.pointer.values + row * columns + head * size
          if cache.isHalf {
            let target = cache.values(head).assumingMemoryBound(to: UInt16.self) + place
            p.pointer.kernels.pointee.to_half(source, target, size)
            for index in size..<cache.stride { target[index] = 0 }
          } else {
            let target = cache.values(head).assumingMemoryBound(to: Float.self) + place
            target.update(from: source, count: size)
            for index in size..<cache.stride { target[index] = 0 }
          }
        }
      }
    }
  }

  /// Causal attention of consecutive tokens over the cached keys and values, their own included:
  /// context = softmax(scores) · V with score = scale · (q · k), soft-capped where asked for.
  ///
  /// Query heads share key-value heads in order: query head h uses key-value head
  /// h · cache.heads / heads. Each token's result depends only on its own query and the cache, bit
  /// for bit: not on how many tokens are given at once, nor on the number of threads.
  ///
  /// - Parameters:
  ///   - queries: [≥ rows.upperBound × columns], all query heads side by side from a column on.
  ///   - rows: the rows of the tokens, which must have been stored in the cache.
  ///   - column: where the queries begin.
  ///   - heads: query heads, a multiple of the cache's.
  ///   - position: the position of the first token.
  ///   - cache: the keys and values.
  ///   - scale: of a score before softmax, positive, as a rule 1 / √headSize.
  ///   - window: how many positions a token sees, its own included; all if `nil`.
  ///   - softcap: scores become softcap · tanh(score / softcap); `nil` for none.
  ///   - context: [≥ rows.upperBound × heads · headSize], the result, in the same rows.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit, or the cache no longer holds a position that
  ///   a token must see.
  public func attend(
    _ queries: Matrix,
    rows: Range<Int>,
    column: Int,
    heads: Int,
    at position: Int,
    over cache: AttentionCache,
    scale: Float,
    window: Int? = nil,
    softcap: Float? = nil,
    into context: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    try checkHeads("attention", queries, rows, column, heads, cache.headSize)
    guard heads > 0, heads % cache.heads == 0, context.columns == heads * cache.headSize,
      rows.upperBound <= context.rows, context !== queries
    else {
      throw .shapes(
        "attention with \(heads) heads",
        "context \(context.shape)",
        "cache \(cache.shape)"
      )
    }
    let window = window ?? Int.max
    guard position >= 0, position < Int.max - rows.count, window > 0 else {
      throw .shapes("attention", "position \(position)", "window \(window)")
    }
    guard scale > 0, scale.isFinite, softcap.map({ $0 > 0 }) ?? true else {
      throw KernelError(
        .invalidValue,
        "Attention needs a positive scale and cap, not \(scale) and \(softcap ?? 0).",
        subject: "attention",
        remedy: "Check that the model's configuration is not damaged."
      )
    }
    guard !rows.isEmpty else { return }
    let oldest = max(0, position - min(window, position + 1) + 1)
    guard position + rows.count - oldest <= cache.capacity else {
      throw .shapes(
        "attention",
        "positions \(oldest)..<\(position + rows.count)",
        "cache \(cache.shape)"
      )
    }
    let pass = CachedAttention(
      heads: heads,
      group: heads / cache.heads,
      tokens: rows.count,
      position: position,
      window: window,
      scale: scale,
      softcap: softcap ?? 0,
      cache: cache,
      queries: queries.base + rows.lowerBound * queries.columns + column,
      queryStride: queries.columns,
      context: context.base + rows.lowerBound * context.columns,
      kernels: decoder
    )
    pass.run(on: pool)
  }
}

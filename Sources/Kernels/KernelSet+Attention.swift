import CKernels

extension KernelSet {
  /// Multi-head self-attention over sequences that lie one after another in one matrix, with no
  /// padding between them: each token attends to all tokens of its own sequence and to no other.
  ///
  /// For each head, context = softmax(Q · Kᵀ / √d) · V with d = columns / heads.
  ///
  /// - Parameters:
  ///   - projections: [tokens × 3 · columns]; each row holds query, key and value, each with its
  ///     heads side by side.
  ///   - sequences: the rows of each sequence.
  ///   - heads: number of heads; divides `context.columns`.
  ///   - context: [tokens × columns], the result.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func attention(
    _ projections: Matrix,
    sequences: [Range<Int>],
    heads: Int,
    into context: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    let columns = context.columns
    guard heads > 0, columns % heads == 0, projections.columns == 3 * columns else {
      throw .shapes(
        "attention with \(heads) heads",
        "projections \(projections.shape)",
        "context \(context.shape)"
      )
    }
    let rows = min(projections.rows, context.rows)
    for sequence in sequences where sequence.lowerBound < 0 || sequence.upperBound > rows {
      throw .shapes("attention", "sequence \(sequence)", "context \(context.shape)")
    }
    let longest = sequences.map(\.count).max() ?? 0
    guard longest > 0, columns > 0 else { return }

    let shape = AttentionShape(
      head: columns / heads,
      columns: columns,
      longest: longest
    )
    let p = SharedPointer((projections: projections.base, context: context.base, table: table))
    // A part is a run of (sequence, head) pairs, so that scratch memory is made once per part.
    let pairs = sequences.count * heads
    pool.ranges(count: pairs, grain: 1) { range in
      let scratch = FloatBuffer(count: shape.scratchCount)
      for pair in range {
        let sequence = sequences[pair / heads]
        guard !sequence.isEmpty else { continue }
        let offset = (pair % heads) * shape.head
        shape.attend(
          query: p.pointer.projections + sequence.lowerBound * 3 * columns + offset,
          context: p.pointer.context + sequence.lowerBound * columns + offset,
          tokens: sequence.count,
          scratch: scratch.base,
          table: p.pointer.table
        )
      }
    }
  }
}

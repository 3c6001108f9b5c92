import Kernels

/// The prefixes of one reading, run through the layers: what answer rows attend to and copy from.
struct AnswerPrefix {
  /// Each prompt's rows in ``hidden`` and ``copyKeys``.
  let rows: [Range<Int>]
  /// By layer and prompt: the prefix's keys and values.
  let caches: [[AttentionCache]]
  /// [tokens × hidden]: the last hidden states.
  let hidden: Matrix
  /// [tokens × hidden]: Wk · h.
  let copyKeys: Matrix

  /// Runs all prompts in one batch. The caller has checked ids and lengths.
  init(_ prompts: [AnswerPrompt], _ network: AnswerNetwork) throws(KernelError) {
    var rows: [Range<Int>] = []
    var tokens: [AnswerNetwork.PlacedToken] = []
    for prompt in prompts {
      rows.append(tokens.count..<tokens.count + prompt.ids.count)
      for (position, id) in prompt.ids.enumerated() {
        let part: AnswerNetwork.Part = position < prompt.questionCount ? .question : .passage
        tokens.append(.init(id: id, position: position, part: part))
      }
    }
    self.rows = rows
    let configuration = network.configuration
    let scratch = AnswerScratch(configuration, rows: tokens.count)
    let projections = Matrix(
      uninitializedRows: tokens.count,
      columns: 3 * configuration.hiddenSize
    )
    let all = 0..<tokens.count
    try network.embed(tokens, first: 0, into: scratch.hidden)
    var caches: [[AttentionCache]] = []
    for layer in network.layers {
      try network.run(layer, rows: all, scratch, projections: projections) {
        () throws(KernelError) in
        try network.kernels.attention(
          projections,
          sequences: rows,
          heads: configuration.heads,
          into: scratch.context,
          pool: network.pool
        )
      }
      caches.append(try Self.store(projections, rows, network))
    }
    self.caches = caches
    hidden = scratch.hidden
    copyKeys = Matrix(uninitializedRows: tokens.count, columns: configuration.hiddenSize)
    try network.kernels.linear(
      hidden,
      network.copyKey,
      rows: all,
      into: copyKeys,
      pool: network.pool
    )
  }

  private static func store(
    _ projections: Matrix,
    _ rows: [Range<Int>],
    _ network: AnswerNetwork
  ) throws(KernelError) -> [AttentionCache] {
    let hidden = network.configuration.hiddenSize
    let heads = network.configuration.heads
    let caches = try AttentionCache.layers(
      capacities: rows.map(\.count),
      heads: heads,
      headSize: hidden / heads,
      precision: .float32
    )
    for (cache, rows) in zip(caches, rows) {
      try network.kernels.store(
        projections,
        rows: rows,
        keyColumn: hidden,
        valueColumn: 2 * hidden,
        at: 0,
        in: cache,
        pool: network.pool
      )
    }
    return caches
  }
}

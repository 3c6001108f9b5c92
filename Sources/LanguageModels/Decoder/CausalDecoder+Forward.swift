import Kernels
import Synchronization

extension CausalDecoder {
  /// Which logits a forward pass should return.
  public enum Logits: Sendable {
    /// None: the tokens are only put into the cache.
    case none
    /// Those after the last token.
    case last
    /// Those after every token.
    case all
  }

  /// Runs the model on tokens that follow those in a cache, and adds them to it.
  ///
  /// - Parameters:
  ///   - tokens: the token ids; none is no work.
  ///   - cache: what came before; one that this decoder made. If an error is thrown it is as before,
  ///     or emptied where the error came in the middle of the work.
  ///   - logits: which logits to return.
  /// - Returns: one row of `vocabularySize` logits for each position asked for.
  /// - Throws: `LanguageModelError` if a token is outside the vocabulary or the cache has no room.
  public func forward(
    _ tokens: [Int32],
    cache: KeyValueCache,
    logits: Logits = .last
  ) throws(LanguageModelError) -> [[Float]] {
    try check(tokens, cache)
    guard !tokens.isEmpty else { return [] }
    var rows: [[Float]] = []
    do {
      var pending = tokens
      // Beyond the original context other frequencies hold, for all tokens: those in the cache too.
      if let length = configuration.rotary.switchLength, cache.count <= length,
        cache.count + tokens.count > length
      {
        let before = cache.tokens
        cache.removeAll()
        cache.usesLongFrequencies = true
        try run(before, cache, wanted: .none, into: &rows)
      }
      while !pending.isEmpty {
        let chunk = Array(pending.prefix(Self.chunk))
        pending.removeFirst(chunk.count)
        let wanted: Logits =
          switch logits {
          case .none: .none
          case .last: pending.isEmpty ? .last : .none
          case .all: .all
          }
        try runChunk(chunk, cache, wanted: wanted, into: &rows)
      }
    } catch {
      cache.removeAll()
      throw error
    }
    return rows
  }

  private func run(
    _ tokens: [Int32],
    _ cache: KeyValueCache,
    wanted: Logits,
    into rows: inout [[Float]]
  ) throws(LanguageModelError) {
    for start in stride(from: 0, to: tokens.count, by: Self.chunk) {
      let chunk = Array(tokens[start..<min(tokens.count, start + Self.chunk)])
      try runChunk(chunk, cache, wanted: wanted, into: &rows)
    }
  }

  private func check(_ tokens: [Int32], _ cache: KeyValueCache) throws(LanguageModelError) {
    for id in tokens where id < 0 || Int(id) >= configuration.vocabularySize {
      throw LanguageModelError(
        .invalidInput,
        "Token id \(id) is outside the vocabulary of \(configuration.vocabularySize).",
        subject: "decoder",
        remedy: "Check that the tokenizer and the model belong together."
      )
    }
    guard cache.configuration == configuration else {
      throw LanguageModelError(
        .invalidInput,
        "The cache was made for another model.",
        subject: "decoder",
        remedy: "Use a cache that this decoder made."
      )
    }
    guard cache.adapter.map({ $0.configuration == configuration }) ?? true else {
      throw LanguageModelError(
        .invalidInput,
        "The cache's adapter was made ready for another model.",
        subject: "decoder",
        remedy: "Make the adapter ready with this decoder."
      )
    }
    guard tokens.count <= cache.capacity - cache.count else {
      throw LanguageModelError(
        .contextExceeded,
        "\(tokens.count) tokens do not fit behind \(cache.count) in a context of \(cache.capacity).",
        subject: "decoder",
        remedy: "Shorten the prompt, or ask for a longer context."
      )
    }
  }

  /// One pass of the model over at most ``chunk`` tokens.
  private func runChunk(
    _ tokens: [Int32],
    _ cache: KeyValueCache,
    wanted: Logits,
    into rows: inout [[Float]]
  ) throws(LanguageModelError) {
    let scratch = takeScratch(tokens.count)
    defer { spareScratch.withLock { $0.append(scratch) } }
    do {
      try embed(tokens, into: scratch.hidden)
      let positions = cache.count..<cache.count + tokens.count
      let angles = frequencies.angles(positions, isLong: cache.usesLongFrequencies)
      for index in layers.indices {
        try attend(index, positions: positions, angles, cache, scratch)
        try feedForward(index, tokens: tokens.count, cache.adapter, scratch)
      }
      cache.append(tokens)
      switch wanted {
      case .none: break
      case .last: try readOut(tokens.count - 1..<tokens.count, cache.adapter, scratch, into: &rows)
      case .all: try readOut(0..<tokens.count, cache.adapter, scratch, into: &rows)
      }
    } catch let error as KernelError {
      throw LanguageModelError(error, subject: "decoder")
    } catch let error as LanguageModelError {
      throw error
    } catch {
      throw LanguageModelError(
        .invalidInput,
        "The model cannot be run.",
        subject: "decoder",
        cause: "\(error)",
        remedy: LanguageModelError.getItAgain
      )
    }
  }

  /// hidden += norm?(attention(norm(hidden)))
  private func attend(
    _ index: Int,
    positions: Range<Int>,
    _ angles: DecoderAngles,
    _ cache: KeyValueCache,
    _ scratch: DecoderScratch
  ) throws(KernelError) {
    let layer = layers[index]
    let updates = cache.adapter?.layers[index]
    let rows = 0..<positions.count
    try normalize(scratch.hidden, layer.attentionNorm, rows: rows, into: scratch.normed)
    try apply(
      layer.queryKeyValue,
      updates?[.queryKeyValue],
      to: scratch.normed,
      rows: rows,
      into: scratch.projections,
      scratch
    )
    try normalizeHeads(layer, rows: rows, scratch.projections)
    let isSliding = configuration.slidingLayers[index]
    try rotate(scratch.projections, by: isSliding ? angles.sliding : angles.full, rows: rows)
    try attend(
      scratch.projections,
      layer: index,
      position: positions.lowerBound,
      rows: rows,
      cache,
      into: scratch.context
    )
    try add(
      layer.attentionOutput,
      updates?[.attentionOutput],
      of: scratch.context,
      norm: layer.postAttentionNorm,
      rows: rows,
      scratch
    )
  }

  /// hidden += norm?(down(activation(gate) · up)), with gate and up from norm(hidden)
  private func feedForward(
    _ index: Int,
    tokens: Int,
    _ adapter: DecoderAdapter?,
    _ scratch: DecoderScratch
  ) throws(KernelError) {
    let layer = layers[index]
    let updates = adapter?.layers[index]
    let rows = 0..<tokens
    try normalize(scratch.hidden, layer.feedForwardNorm, rows: rows, into: scratch.normed)
    try apply(
      layer.gateUp,
      updates?[.gateUp],
      to: scratch.normed,
      rows: rows,
      into: scratch.gateUp,
      scratch
    )
    try activate(scratch.gateUp, rows: rows, into: scratch.activated)
    try add(
      layer.down,
      updates?[.down],
      of: scratch.activated,
      norm: layer.postFeedForwardNorm,
      rows: rows,
      scratch
    )
  }

  /// logits = cap?(output(norm(hidden)))
  private func readOut(
    _ wanted: Range<Int>,
    _ adapter: DecoderAdapter?,
    _ scratch: DecoderScratch,
    into rows: inout [[Float]]
  ) throws(KernelError) {
    // Long prompts with all logits would need much memory at once.
    let atOnce = 16
    for start in stride(from: wanted.lowerBound, to: wanted.upperBound, by: atOnce) {
      let count = min(wanted.upperBound - start, atOnce)
      for row in 0..<count {
        scratch.hidden.withRow(start + row) { source in
          scratch.normed.withRow(row) { _ = $0.update(fromContentsOf: source) }
        }
      }
      try normalize(scratch.normed, outputNorm, rows: 0..<count, into: scratch.normed)
      let logits = Matrix(rows: count, columns: configuration.vocabularySize)
      try apply(
        DecoderLinear(weights: output, bias: nil),
        adapter?.output,
        to: scratch.normed,
        rows: 0..<count,
        into: logits,
        scratch
      )
      for row in 0..<count {
        var values = logits.row(row)
        cap(&values)
        rows.append(values)
      }
    }
  }

  /// hidden += linear(input), normalised first where the model does so.
  private func add(
    _ linear: DecoderLinear,
    _ update: DecoderUpdate?,
    of input: Matrix,
    norm: [Float]?,
    rows: Range<Int>,
    _ scratch: DecoderScratch
  ) throws(KernelError) {
    // What an adapter rescales must stand by itself first.
    if norm == nil, update?.rescaling == nil {
      try apply(
        linear,
        update,
        to: input,
        residual: scratch.hidden,
        rows: rows,
        into: scratch.hidden,
        scratch
      )
      return
    }
    try apply(linear, update, to: input, rows: rows, into: scratch.normed, scratch)
    if let norm { try normalize(scratch.normed, norm, rows: rows, into: scratch.normed) }
    sum(scratch.normed, rows: rows, into: scratch.hidden)
  }
}

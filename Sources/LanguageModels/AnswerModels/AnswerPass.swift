import Foundation
import Kernels

/// One reading as it goes on: the prefixes, and behind each of them rows of answers, of which several
/// may share a beginning.
///
/// Used from one thread at a time; its work is shared among the pool's threads.
package final class AnswerPass {
  /// A token that is fed in.
  package struct Input: Sendable {
    /// Which prompt it answers.
    package var prompt: Int
    /// The token: the start token, or the one that the row before it was continued with.
    package var token: Int32
    /// The prefix position that the token was copied from, if it was.
    package var source: Int?
    /// The rows of the same answer before this one, in order.
    package var past: [Int]

    package init(prompt: Int, token: Int32, source: Int? = nil, past: [Int] = []) {
      self.prompt = prompt
      self.token = token
      self.source = source
      self.past = past
    }
  }

  /// What a row says about copying.
  package struct Row: Sendable {
    /// Where the row is kept: what later rows name in ``Input/past``.
    package let index: Int
    /// Log-probability that the next token is copied.
    package let logCopy: Double
    /// Log-probability that it is written from the vocabulary, which the end of the answer counts as.
    package let logWrite: Double
    /// For each copyable position the log-probability of it, if the token is copied.
    package let copies: [Float]
  }

  /// What a row says about the vocabulary, if the token is not copied.
  package struct Words: Sendable {
    /// Log-probability of the answer's end.
    package let end: Double
    /// Log-probability of "not in the data", which means something in the first row alone.
    package let none: Double
    /// The likeliest tokens of those that may be written, best first.
    package let best: [(id: Int32, logProbability: Double)]
  }

  package let prompts: [AnswerPrompt]
  /// How many rows there can be.
  package let capacity: Int
  /// How many rows there are.
  package private(set) var count = 0

  let network: AnswerNetwork
  let tokens: AnswerTokens
  private let prefix: AnswerPrefix
  private let scratch: AnswerScratch
  /// By layer: [capacity × 3 · hidden], the rows' queries, keys and values.
  private let projections: [Matrix]
  /// [capacity × hidden]: the states that the heads read.
  let states: Matrix
  /// The latest rows' words: [rows × vocabulary].
  var logits = Matrix(rows: 0, columns: 0)

  /// Runs the prompts through the layers.
  ///
  /// - Parameters:
  ///   - prompts: what is read; at least one.
  ///   - capacity: how many rows there will be at most.
  ///   - network: the model.
  ///   - tokens: the tokens with a role.
  /// - Throws: `LanguageModelError` if a prompt is too long or has an id outside the vocabulary.
  package init(
    _ prompts: [AnswerPrompt],
    capacity: Int,
    network: AnswerNetwork,
    tokens: AnswerTokens
  ) throws(LanguageModelError) {
    precondition(!prompts.isEmpty, "there is something to read")
    for prompt in prompts { try network.check(prompt.ids, positions: prompt.ids.count) }
    self.prompts = prompts
    self.capacity = capacity
    self.network = network
    self.tokens = tokens
    let hidden = network.configuration.hiddenSize
    scratch = AnswerScratch(network.configuration, rows: capacity)
    projections = network.layers.map { _ in
      Matrix(uninitializedRows: capacity, columns: 3 * hidden)
    }
    states = Matrix(uninitializedRows: capacity, columns: hidden)
    do {
      prefix = try AnswerPrefix(prompts, network)
    } catch {
      throw AnswerNetwork.failure(error)
    }
  }

  /// Feeds one token each into some answers, in one batch.
  ///
  /// - Parameter inputs: the tokens, those of one prompt beside each other.
  /// - Returns: a row for each.
  /// - Throws: `LanguageModelError` if a token is outside the vocabulary or beyond the positions, or
  ///   there is no room for the rows.
  package func advance(_ inputs: [Input]) throws(LanguageModelError) -> [Row] {
    guard inputs.count <= capacity - count else {
      throw AnswerNetwork.failure("There is room for \(capacity) rows, not for more.")
    }
    for input in inputs {
      guard prompts.indices.contains(input.prompt), input.past.allSatisfy({ $0 < count }),
        input.source.map({ prompts[input.prompt].copyable.contains($0) }) ?? true
      else {
        throw AnswerNetwork.failure("A row refers to a prompt, row or position that is not there.")
      }
      let position = prompts[input.prompt].ids.count + input.past.count
      try network.check([input.token], positions: position + 1)
    }
    let rows = count..<count + inputs.count
    count = rows.upperBound
    do {
      try runLayers(inputs, rows)
      try addSources(inputs, rows)
      return try copies(inputs, rows)
    } catch {
      throw AnswerNetwork.failure(error)
    }
  }

  private func runLayers(_ inputs: [Input], _ rows: Range<Int>) throws(KernelError) {
    let placed = inputs.map { input in
      AnswerNetwork.PlacedToken(
        id: input.token,
        position: prompts[input.prompt].ids.count + input.past.count,
        part: .answer
      )
    }
    try network.embed(placed, first: rows.lowerBound, into: scratch.hidden)
    let past = zip(inputs, rows).map { $0.past + [$1] }
    var groups: [(prompt: Int, rows: Range<Int>)] = []
    for (input, row) in zip(inputs, rows) {
      if let last = groups.last, last.prompt == input.prompt {
        groups[groups.count - 1].rows = last.rows.lowerBound..<row + 1
      } else {
        groups.append((input.prompt, row..<row + 1))
      }
    }
    for (index, layer) in network.layers.enumerated() {
      let caches = prefix.caches[index]
      try network.run(layer, rows: rows, scratch, projections: projections[index]) {
        () throws(KernelError) in
        try network.kernels.attend(
          projections[index],
          groups: groups.map { group in
            AttentionBranches(
              cache: caches[group.prompt],
              positions: prompts[group.prompt].ids.count,
              rows: group.rows
            )
          },
          past: past,
          into: scratch.context,
          pool: network.pool
        )
      }
    }
  }

  /// states = d + carry · h of the position that the row's token was copied from.
  private func addSources(_ inputs: [Input], _ rows: Range<Int>) throws(KernelError) {
    let sources = scratch.context
    for (input, row) in zip(inputs, rows) {
      sources.withRow(row) { target in
        guard let source = input.source else {
          target.update(repeating: 0)
          return
        }
        prefix.hidden.withRow(prefix.rows[input.prompt].lowerBound + source) { hidden in
          _ = target.update(fromContentsOf: UnsafeBufferPointer(hidden))
        }
      }
    }
    try network.kernels.linear(
      sources,
      network.copyCarry,
      residual: scratch.hidden,
      rows: rows,
      into: states,
      pool: network.pool
    )
  }

  private func copies(_ inputs: [Input], _ rows: Range<Int>) throws(KernelError) -> [Row] {
    let queries = scratch.hidden
    try network.apply(network.copyQuery, to: states, rows: rows, into: queries)
    let filler = Row(index: 0, logCopy: .nan, logWrite: .nan, copies: [])
    let results = ResultBuffer<Row>(count: inputs.count, filler: filler)
    network.pool.run(parts: inputs.count) { [network, prompts, prefix, states] index in
      let row = rows.lowerBound + index
      let input = inputs[index]
      let copyable = prompts[input.prompt].copyable
      guard !copyable.isEmpty else {
        results[index] = Row(index: row, logCopy: -.infinity, logWrite: 0, copies: [])
        return
      }
      let gate = Double(
        states.withRow(row) { network.dot($0, network.copyGate) } + network.copyGateBias
      )
      let scale = 1 / Float(network.configuration.hiddenSize).squareRoot()
      let first = prefix.rows[input.prompt].lowerBound
      var scores = queries.withRow(row) { query in
        copyable.map { position in
          prefix.copyKeys.withRow(first + position) { scale * network.dot(query, $0) }
        }
      }
      if let source = input.source, copyable.contains(source + 1) {
        scores[source + 1 - copyable.lowerBound] += network.copyNext
      }
      let top = scores.max() ?? 0
      let total = scores.reduce(0) { $0 + Double(exp($1 - top)) }
      let normalizer = top + Float(log(total))
      results[index] = Row(
        index: row,
        logCopy: -Self.softplus(-gate),
        logWrite: -Self.softplus(gate),
        copies: scores.map { $0 - normalizer }
      )
    }
    return results.all
  }

  /// log(1 + eˣ).
  private static func softplus(_ x: Double) -> Double {
    max(x, 0) + log1p(exp(-abs(x)))
  }
}

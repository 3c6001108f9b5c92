import Kernels

extension AnswerPass {
  /// What some rows say about the vocabulary.
  ///
  /// - Parameters:
  ///   - rows: rows as ``advance(_:)`` has numbered them.
  ///   - best: how many tokens are wanted of each.
  ///   - mayWrite: for each id whether it is among those that may be written.
  /// - Returns: the words of each row.
  /// - Throws: `LanguageModelError` if there are no such rows.
  package func words(
    of rows: [Int],
    best: Int,
    mayWrite: [Bool]
  ) throws(LanguageModelError) -> [Words] {
    guard mayWrite.count == network.configuration.vocabularySize else {
      throw AnswerNetwork.failure("\(mayWrite.count) ids are said to be allowed or not.")
    }
    try computeLogits(rows)
    let unknown = Words(end: .nan, none: .nan, best: [])
    let results = ResultBuffer<Words>(count: rows.count, filler: unknown)
    let (end, none) = (Int(tokens.end), Int(tokens.none))
    network.pool.run(parts: rows.count) { [network, logits] index in
      guard
        let loss = try? network.kernels.crossEntropyLoss(
          logits,
          rows: index..<index + 1,
          targets: [Int32(end)],
          weights: [1],
          pool: network.pool
        )
      else { return }
      results[index] = logits.withRow(index) { logits in
        let normalizer = loss + Double(logits[end])
        return Words(
          end: -loss,
          none: Double(logits[none]) - normalizer,
          best: Self.best(best, of: logits, mayWrite).map {
            (Int32($0), Double(logits[$0]) - normalizer)
          }
        )
      }
    }
    return results.all
  }

  /// A row's whole distribution over the vocabulary, if the token is not copied.
  ///
  /// - Parameter row: a row as ``advance(_:)`` has numbered it.
  /// - Returns: one probability per id.
  /// - Throws: `LanguageModelError` if there is no such row.
  package func vocabularyDistribution(of row: Int) throws(LanguageModelError) -> [Float] {
    try computeLogits([row])
    network.kernels.softmax(logits)
    return logits.row(0)
  }

  /// logits = E · LayerNorm(GELU(transform · z)) + bias, for the given rows.
  private func computeLogits(_ rows: [Int]) throws(LanguageModelError) {
    guard rows.allSatisfy({ $0 >= 0 && $0 < count }) else {
      throw AnswerNetwork.failure("There is no such row.")
    }
    let hidden = network.configuration.hiddenSize
    let chosen = Matrix(uninitializedRows: rows.count, columns: hidden)
    let transformed = Matrix(uninitializedRows: rows.count, columns: hidden)
    for (index, row) in rows.enumerated() {
      chosen.withRow(index) { target in
        states.withRow(row) { _ = target.update(fromContentsOf: UnsafeBufferPointer($0)) }
      }
    }
    if logits.rows != rows.count {
      logits = Matrix(
        uninitializedRows: rows.count,
        columns: network.configuration.vocabularySize
      )
    }
    let all = 0..<rows.count
    do {
      try network.apply(network.transform, to: chosen, gelu: true, rows: all, into: transformed)
      try network.normalize(transformed, rows: all, network.transformNorm)
      try network.words.multiply(
        transformed,
        bias: network.vocabularyBias,
        rows: all,
        into: logits,
        using: network.kernels,
        pool: network.pool
      )
    } catch {
      throw AnswerNetwork.failure(error)
    }
  }

  /// The indices of the highest values that are allowed, best first, the lower index first of equals.
  private static func best(
    _ count: Int,
    of values: UnsafeMutableBufferPointer<Float>,
    _ isAllowed: [Bool]
  ) -> [Int] {
    var best: [Int] = []
    var least = -Float.infinity
    for index in values.indices where values[index] > least && isAllowed[index] {
      let place = best.firstIndex { values[$0] < values[index] } ?? best.count
      best.insert(index, at: place)
      guard best.count >= count else { continue }
      if best.count > count { best.removeLast() }
      least = best.last.map { values[$0] } ?? .infinity
    }
    return best
  }
}

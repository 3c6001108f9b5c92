extension TrainingSettings {
  /// Checks each setting and how they go together.
  ///
  /// - Throws: ``FineTuningError`` with code `invalidSettings`, which names the first setting that is
  ///   out of its range.
  public func validate() throws(FineTuningError) {
    try check("learningRate", learningRate, 0...10, above: true)
    try check("warmUpShare", warmUpShare, 0...1)
    try check("warmUpSteps", warmUpSteps, atLeast: 0)
    switch length {
    case .epochs(let count): try check("length", count, atLeast: 1, "epochs")
    case .steps(let count): try check("length", count, atLeast: 1, "steps")
    }
    switch stepSize {
    case .examples(let count): try check("stepSize", count, atLeast: 1, "examples")
    case .tokens(let count): try check("stepSize", count, atLeast: 1, "tokens")
    }
    try check("maximumTokens", maximumTokens, atLeast: 2)
    try check("tokensPerPass", tokensPerPass, atLeast: 2)
    if let gradientLimit { try check("gradientLimit", gradientLimit, 0...1e9, above: true) }
    try check("optimizer.beta1", optimizer.beta1, 0...0.999_999)
    try check("optimizer.beta2", optimizer.beta2, 0...0.999_999_9)
    try check("optimizer.epsilon", optimizer.epsilon, 0...1, above: true)
    try check("optimizer.weightDecay", optimizer.weightDecay, 0...10)
    try check("evaluationInterval", evaluationInterval, atLeast: 1)
    try check("patience", patience, atLeast: 1)
    try check("checkpointInterval", checkpointInterval, atLeast: 1)
    if let adapter {
      try check("adapter.rank", adapter.rank, atLeast: 1)
      try check("adapter.alpha", adapter.alpha, 0...1e6, above: true)
    }
  }

  /// The names of the settings that differ and would change the result of a training.
  func differences(from other: TrainingSettings) -> [String] {
    var (mine, others) = (self, other)
    // When checkpoints are written changes nothing that is in them.
    mine.checkpointInterval = nil
    others.checkpointInterval = nil
    var names: [String] = []
    func note<Value: Equatable>(_ name: String, _ path: KeyPath<TrainingSettings, Value>) {
      if mine[keyPath: path] != others[keyPath: path] { names.append(name) }
    }
    note("learningRate", \.learningRate)
    note("schedule", \.schedule)
    note("warmUpShare", \.warmUpShare)
    note("warmUpSteps", \.warmUpSteps)
    note("length", \.length)
    note("stepSize", \.stepSize)
    note("tokensPerPass", \.tokensPerPass)
    note("maximumTokens", \.maximumTokens)
    note("overlongExamples", \.overlongExamples)
    note("gradientLimit", \.gradientLimit)
    note("optimizer", \.optimizer)
    note("seed", \.seed)
    note("evaluationInterval", \.evaluationInterval)
    note("patience", \.patience)
    note("adapter", \.adapter)
    // A setting that the list above forgets must not go unseen.
    return names.isEmpty && mine != others ? ["settings"] : names
  }

  private func check(
    _ name: String,
    _ value: Double,
    _ range: ClosedRange<Double>,
    above: Bool = false
  ) throws(FineTuningError) {
    guard value.isFinite, range.contains(value), !above || value > range.lowerBound else {
      let low = above ? "above \(range.lowerBound)" : "from \(range.lowerBound)"
      throw invalid(name, "\(value)", "\(low) to \(range.upperBound)")
    }
  }

  private func check(
    _ name: String,
    _ value: Int?,
    atLeast least: Int,
    _ unit: String = ""
  ) throws(FineTuningError) {
    // The upper bound keeps products of settings far from overflow.
    guard let value, !(least...Int(Int32.max)).contains(value) else { return }
    throw invalid(name, unit.isEmpty ? "\(value)" : "\(value) \(unit)", "at least \(least)")
  }

  private func invalid(_ name: String, _ value: String, _ allowed: String) -> FineTuningError {
    FineTuningError(
      .invalidSettings,
      "The setting \(name) is \(value), but must be \(allowed).",
      subject: name,
      remedy: "Change \(name)."
    )
  }
}

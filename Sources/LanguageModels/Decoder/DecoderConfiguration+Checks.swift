extension DecoderConfiguration {
  /// Checks that all sizes are such as a model can have and fit each other, so that nothing computed
  /// from them overflows.
  ///
  /// - Throws: `LanguageModelError` with code `malformedConfiguration`.
  func check(_ subject: String) throws(LanguageModelError) {
    for (name, value, limit) in [
      ("vocabulary", vocabularySize, 1 << 24),
      ("hidden size", hiddenSize, 1 << 16),
      ("number of layers", layers, 1 << 10),
      ("number of heads", heads, 1 << 10),
      ("number of key and value heads", keyValueHeads, heads),
      ("head size", headSize, 1 << 12),
      ("intermediate size", intermediateSize, 1 << 20),
      ("context length", contextLength, 1 << 26),
      ("sliding window", slidingWindow ?? 1, 1 << 26),
    ] {
      guard value >= 1, value <= limit else {
        throw Self.malformed("The \(name) is \(value), not between 1 and \(limit).", subject)
      }
    }
    guard heads % keyValueHeads == 0 else {
      throw Self.malformed(
        "\(heads) query heads cannot share \(keyValueHeads) key and value heads.",
        subject
      )
    }
    guard slidingLayers.count == layers, slidingWindow != nil || !slidingLayers.contains(true)
    else {
      throw Self.malformed("It does not say for each layer how far it sees.", subject)
    }
    for (name, value) in [
      ("norm epsilon", normEpsilon), ("embedding scale", embeddingScale),
      ("attention scale", attentionScale), ("attention cap", attentionCap ?? 1),
      ("logit cap", logitCap ?? 1),
    ] {
      guard value.isFinite, value > 0 || name == "norm epsilon" && value == 0 else {
        throw Self.malformed("The \(name) is \(value).", subject)
      }
    }
    try rotary.check(headSize: headSize, subject)
    try slidingRotary?.check(headSize: headSize, subject)
    for token in endTokens + [beginToken].compactMap(\.self)
    where token < 0 || Int(token) >= vocabularySize {
      throw Self.malformed("The special token \(token) is outside the vocabulary.", subject)
    }
  }

  static func malformed(_ message: String, _ subject: String) -> LanguageModelError {
    LanguageModelError(
      .malformedConfiguration,
      message,
      subject: subject,
      remedy: LanguageModelError.getItAgain
    )
  }
}

extension RotaryParameters {
  fileprivate func check(headSize: Int, _ subject: String) throws(LanguageModelError) {
    guard size >= 2, size % 2 == 0, size <= headSize, base.isFinite, base > 1 else {
      throw DecoderConfiguration.malformed(
        "\(size) of \(headSize) values of a head cannot be rotated with the base \(base).",
        subject
      )
    }
    let isSane: Bool
    switch scaling {
    case .none: isSane = true
    case .linear(let factor): isSane = factor.isFinite && factor > 0
    case .llama3(let factor, let low, let high, let original):
      isSane =
        factor.isFinite && factor > 0 && low > 0 && high > low && high.isFinite && original > 0
    case .yarn(let factor, let fast, let slow, let original, let attention, _):
      isSane =
        factor.isFinite && factor > 0 && slow > 0 && fast >= slow && fast.isFinite && original > 0
        && attention.isFinite && attention > 0
    case .longRope(let short, let long, let original, let attention):
      isSane =
        short.count == size / 2 && long.count == size / 2 && original > 0 && attention.isFinite
        && attention > 0 && (short + long).allSatisfy { $0.isFinite && $0 > 0 }
    case .factors(let factors):
      isSane = factors.count == size / 2 && factors.allSatisfy { $0.isFinite && $0 > 0 }
    }
    guard isSane else {
      throw DecoderConfiguration.malformed(
        "The scaling of the position encoding makes no sense: \(scaling).",
        subject
      )
    }
  }
}

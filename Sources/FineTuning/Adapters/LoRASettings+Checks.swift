extension LoRASettings {
  /// Checks that an adapter can be made with these settings for a model of some layers.
  ///
  /// - Parameter layers: the names of the model's linear layers.
  /// - Throws: `FineTuningError` with code `invalidSettings` if rank or alpha is out of its range, or a
  ///   target is the end of no layer's name, which it says.
  public func check(layers: [String]) throws(FineTuningError) {
    guard (1...4096).contains(rank) else {
      throw invalid("The rank is \(rank), not between 1 and 4,096.", "rank")
    }
    guard alpha.isFinite, alpha > 0 else { throw invalid("Alpha is \(alpha).", "alpha") }
    let useless = targets.filter { target in
      !layers.contains { $0 == target || $0.hasSuffix("." + target) }
    }
    guard useless.isEmpty else {
      let kinds = Set(layers.compactMap { $0.split(separator: ".").last }).sorted()
      throw FineTuningError(
        .invalidSettings,
        "The model has no layer named \(useless.joined(separator: ", ")).",
        subject: "targets",
        remedy: "Choose among \(kinds.joined(separator: ", ")), or leave it empty for all."
      )
    }
  }

  private func invalid(_ message: String, _ setting: String) -> FineTuningError {
    FineTuningError(
      .invalidSettings,
      message,
      subject: setting,
      remedy: "The usual settings are rank 16 and alpha 32."
    )
  }
}

/// What fine-tuning has added to a base model: updates of some of its linear layers.
///
/// Layers have the names of Hugging Face transformers without `.weight`, such as
/// `model.layers.0.self_attn.q_proj` or `encoder.layer.0.attention.self.query`.
public struct LowRankAdapter: Sendable, Equatable {
  /// The updates by the names of their layers; at least one.
  public let updates: [String: LowRankUpdate]
  /// The ends of the names of the updated layers, such as `q_proj`, as `target_modules` of a PEFT file
  /// has them; the full names if empty.
  public var targets: [String] = []
  /// What the base model is called, for people and other programs.
  public var baseModelName: String?
  /// Which base model the adapter was trained on, if that is known.
  public var baseFingerprint: BaseModelFingerprint?
  /// What the model is for as PEFT says it, such as `CAUSAL_LM` or `FEATURE_EXTRACTION`.
  public var taskType: String?

  /// An adapter from its updates.
  ///
  /// - Throws: `LanguageModelError` with code `invalidInput` if there are none.
  public init(updates: [String: LowRankUpdate]) throws(LanguageModelError) {
    guard !updates.isEmpty else {
      throw LanguageModelError(
        .invalidInput,
        "The adapter updates no layer, so it would have no effect.",
        subject: "adapter",
        remedy: "Train it with at least one target layer."
      )
    }
    self.updates = updates
  }

  /// How many numbers were trained.
  public var parameterCount: Int {
    updates.values.reduce(0) { $0 + $1.a.count + $1.b.count + ($1.magnitude?.count ?? 0) }
  }

  /// The names of the updated layers, sorted.
  public var layerNames: [String] { updates.keys.sorted() }
}

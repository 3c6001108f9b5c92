/// How the next token is chosen from the model's logits.
///
/// The steps come in this order, as in transformers: repetition penalty, temperature, top-k, top-p,
/// min-p, then a draw.
public struct SamplingSettings: Sendable, Equatable, Codable {
  /// Logits are divided by it; 0 always takes the likeliest token.
  public var temperature: Float
  /// Only so many of the likeliest tokens can be drawn; `nil` for all.
  public var topK: Int?
  /// Only the likeliest tokens that together reach this probability can be drawn; `nil` for all.
  public var topP: Float?
  /// Only tokens with at least this share of the likeliest token's probability can be drawn; `nil`
  /// for all.
  public var minP: Float?
  /// Logits of tokens that have occurred are divided by it if positive, else multiplied; 1 for no
  /// change (CTRL, arXiv 1909.05858).
  public var repetitionPenalty: Float
  /// How many of the last tokens count as having occurred, the prompt's included; `nil` for all.
  public var repetitionWindow: Int?
  /// The same seed gives the same draws.
  public var seed: UInt64

  /// Settings from their parts; without any, the likeliest token is taken.
  public init(
    temperature: Float = 0,
    topK: Int? = nil,
    topP: Float? = nil,
    minP: Float? = nil,
    repetitionPenalty: Float = 1,
    repetitionWindow: Int? = nil,
    seed: UInt64 = 0
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.repetitionPenalty = repetitionPenalty
    self.repetitionWindow = repetitionWindow
    self.seed = seed
  }

  /// The likeliest token each time.
  public static let greedy = SamplingSettings()

  /// Checks that the numbers make sense.
  ///
  /// - Throws: `LanguageModelError` with code `invalidInput`, which names the setting.
  public func check() throws(LanguageModelError) {
    let problem: String?
    if !temperature.isFinite || temperature < 0 {
      problem = "temperature is \(temperature), not 0 or more"
    } else if let topK, topK < 1 {
      problem = "top-k is \(topK), not 1 or more"
    } else if let topP, !(topP > 0 && topP <= 1) {
      problem = "top-p is \(topP), not above 0 and at most 1"
    } else if let minP, !(minP >= 0 && minP <= 1) {
      problem = "min-p is \(minP), not between 0 and 1"
    } else if !repetitionPenalty.isFinite || repetitionPenalty <= 0 {
      problem = "the repetition penalty is \(repetitionPenalty), not above 0"
    } else if let repetitionWindow, repetitionWindow < 0 {
      problem = "the repetition window is \(repetitionWindow), not 0 or more"
    } else {
      problem = nil
    }
    guard let problem else { return }
    throw LanguageModelError(
      .invalidInput,
      "The sampling settings make no sense: \(problem).",
      subject: "sampling settings",
      remedy: "Change the setting, or leave it out."
    )
  }
}

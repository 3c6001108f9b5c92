/// How a generator writes answers.
public struct WritingSettings: Codable, Hashable, Sendable {
  /// Tokens of an answer at most.
  public var maximumTokens: Int
  /// 0 takes the likeliest token each time.
  public var temperature: Double
  public var topP: Double?
  public var seed: UInt64?
  /// Whether sentences that the passages do not support are left out instead of marked.
  public var strict: Bool

  public init(
    maximumTokens: Int = 512,
    temperature: Double = 0,
    topP: Double? = nil,
    seed: UInt64? = nil,
    strict: Bool = false
  ) {
    self.maximumTokens = maximumTokens
    self.temperature = temperature
    self.topP = topP
    self.seed = seed
    self.strict = strict
  }
}

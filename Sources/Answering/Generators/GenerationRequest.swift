/// What a generator is asked to write.
public struct GenerationRequest: Codable, Hashable, Sendable {
  /// Who says a message.
  public enum Role: String, Codable, Sendable {
    case system, user, assistant
  }

  /// One message of a conversation.
  public struct Message: Codable, Hashable, Sendable {
    public var role: Role
    public var content: String

    public init(_ role: Role, _ content: String) {
      self.role = role
      self.content = content
    }
  }

  public var messages: [Message]
  /// Tokens that are written at most.
  public var maximumTokens: Int
  /// 0 takes the likeliest token each time.
  public var temperature: Double
  /// The share of probability, 0 to 1, that is drawn from; nil leaves it to the generator.
  public var topP: Double?
  /// The same seed gives the same text, where the generator can promise it.
  public var seed: UInt64?
  /// Texts at which writing ends; they are not part of the result.
  public var stop: [String]

  public init(
    messages: [Message],
    maximumTokens: Int = 512,
    temperature: Double = 0,
    topP: Double? = nil,
    seed: UInt64? = nil,
    stop: [String] = []
  ) {
    self.messages = messages
    self.maximumTokens = maximumTokens
    self.temperature = temperature
    self.topP = topP
    self.seed = seed
    self.stop = stop
  }
}

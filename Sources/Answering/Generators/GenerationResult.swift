/// What a generator wrote.
public struct GenerationResult: Codable, Hashable, Sendable {
  /// Why writing ended.
  public enum FinishReason: String, Codable, Sendable {
    /// The model ended, or a stop text came.
    case stop
    /// The limit of tokens was reached.
    case length
    /// The generator ended for a reason of its own, such as a filter.
    case other
  }

  /// Tokens read and written.
  public struct Usage: Codable, Hashable, Sendable {
    public var promptTokens: Int
    public var completionTokens: Int

    public init(promptTokens: Int, completionTokens: Int) {
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
    }
  }

  public var text: String
  public var finish: FinishReason
  /// Absent where the generator does not say.
  public var usage: Usage?

  public init(text: String, finish: FinishReason, usage: Usage? = nil) {
    self.text = text
    self.finish = finish
    self.usage = usage
  }
}

/// The vectors of one embedded text, each of unit length.
public struct EmbeddedText: Hashable, Sendable {
  public var vector: [Float]
  /// One vector per span asked for; empty where a span lies beyond the model's limit.
  public var spanVectors: [[Float]]
  /// Tokens read, markers included.
  public var tokenCount: Int

  public init(vector: [Float], spanVectors: [[Float]] = [], tokenCount: Int) {
    self.vector = vector
    self.spanVectors = spanVectors
    self.tokenCount = tokenCount
  }
}

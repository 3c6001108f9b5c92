/// How long the parts of an answer took, in milliseconds.
public struct AnswerTimings: Codable, Hashable, Sendable {
  public var retrieve: Double
  /// How long of that the reranker read; nil where none did.
  public var rerank: Double?
  public var generate: Double
  public var total: Double

  public init(
    retrieve: Double = 0,
    rerank: Double? = nil,
    generate: Double = 0,
    total: Double = 0
  ) {
    self.retrieve = retrieve
    self.rerank = rerank
    self.generate = generate
    self.total = total
  }
}

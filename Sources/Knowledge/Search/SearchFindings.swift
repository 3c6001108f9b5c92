/// What a search found, and what finding it took.
public struct SearchFindings: Sendable {
  /// The hits, best first.
  public var hits: [SearchHit]
  /// How long the reranker read; nil where none did.
  public var reranking: Duration?

  public init(hits: [SearchHit], reranking: Duration? = nil) {
    self.hits = hits
    self.reranking = reranking
  }
}

/// How searches are made. The defaults are those that `Experiments/retrieval.yaml` chose.
public struct SearchSettings: Codable, Hashable, Sendable {
  /// Which scores count.
  public enum Mode: String, Codable, CaseIterable, Sendable {
    /// Cosine between question and passage.
    case dense
    /// BM25.
    case lexical
    /// Both, added with weights.
    case hybrid
  }

  public var mode: Mode
  /// The share of the dense score in a hybrid score, 0 to 1; the rest is BM25's.
  public var denseWeight: Double
  /// How much the score of its document's summary adds to a passage; 0 leaves summaries out.
  public var summaryWeight: Double
  /// How many hits each search hands on to be fused.
  public var candidates: Int
  /// How many of the best hits of a hybrid search a reranker reads, where one is in use; 0 for none.
  public var rerank: Int

  public init(
    mode: Mode = .hybrid,
    denseWeight: Double = 0.55,
    summaryWeight: Double = 0.3,
    candidates: Int = 100,
    rerank: Int = 20
  ) {
    self.mode = mode
    self.denseWeight = denseWeight
    self.summaryWeight = summaryWeight
    self.candidates = candidates
    self.rerank = rerank
  }

  /// Traces that were kept before there were rerankers do not say how much was reranked: nothing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      mode: try values.decode(Mode.self, forKey: .mode),
      denseWeight: try values.decode(Double.self, forKey: .denseWeight),
      summaryWeight: try values.decode(Double.self, forKey: .summaryWeight),
      candidates: try values.decode(Int.self, forKey: .candidates),
      rerank: try values.decodeIfPresent(Int.self, forKey: .rerank) ?? 0
    )
  }
}

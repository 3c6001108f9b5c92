import Knowledge

/// One way of searching under comparison.
struct RetrievalArm {
  let name: String
  let settings: SearchSettings

  /// The four arms: the parts of hybrid search, their sum, and the sum with summaries.
  static func all(from settings: SearchSettings) -> [RetrievalArm] {
    var dense = settings
    dense.mode = .dense
    dense.summaryWeight = 0
    var lexical = dense
    lexical.mode = .lexical
    var hybrid = dense
    hybrid.mode = .hybrid
    var summaries = settings
    summaries.mode = .hybrid
    return [
      RetrievalArm(name: "dense", settings: dense), RetrievalArm(name: "bm25", settings: lexical),
      RetrievalArm(name: "hybrid", settings: hybrid),
      RetrievalArm(name: "hybrid+summaries", settings: summaries),
    ]
  }
}

/// A query of a retrieval experiment.
struct RetrievalQuery {
  let id: String
  let text: String
  /// Queries of one cluster are not independent: they come from the same document.
  let cluster: String
  /// What is relevant, by key.
  let grades: [String: Int]
  /// The query's vector, made once for all arms.
  var vector: [Float] = []
}

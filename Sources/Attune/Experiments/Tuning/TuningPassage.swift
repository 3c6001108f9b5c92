/// A passage of a collection that an embedder is tuned on or measured with.
struct TuningPassage: Hashable {
  /// In what relevance is judged: its document, or its row in a database.
  var key: String
  /// What is embedded: the passage with its title in front.
  var text: String
}

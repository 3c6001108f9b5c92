import Documents

/// What reading an item came to, for the item itself and for each document that lies inside it.
enum ItemEvent: Sendable {
  /// The content is as it was.
  case unchanged(SourceItem)
  case document(PreparedDocument)
  case failed(SourceItem, DocumentError)
  /// All of the item has been reported. `parts` are the paths of the documents that lie in it now; nil
  /// where nobody could tell, or nothing changed.
  case end(SourceItem, parts: Set<String>?)

  /// How much it holds while it waits.
  var weight: Int {
    switch self {
    case .document(let prepared): 1 + prepared.passages.count
    default: 1
    }
  }
}

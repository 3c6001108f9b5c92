import Documents
import Knowledge

/// The unit in which relevance is judged: a document or, in a database, a row.
enum RelevanceKeys {
  /// The key of a found passage.
  static func key(of stored: StoredPassage) -> String {
    let document = "\(stored.document.source)/\(stored.document.path)"
    guard document.contains("#"), case .row(_, let key) = stored.passage.location.origin else {
      return document
    }
    return "\(document)@\(key)"
  }
}

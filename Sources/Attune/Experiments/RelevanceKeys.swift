import Documents
import Evaluation
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

  /// The keys of the places that hold a question's answer.
  static func keys(of question: Question) -> [String: Int] {
    question.places.reduce(into: [:]) { keys, place in
      if let table = place.table, let key = place.key, place.document.hasSuffix(".sqlite") {
        keys["\(place.document)#\(table)@\(key)"] = 1
      } else {
        keys[place.document] = 1
      }
    }
  }
}

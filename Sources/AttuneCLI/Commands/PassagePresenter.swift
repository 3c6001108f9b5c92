import Attune
import Documents
import Knowledge

/// Shows passages to people.
enum PassagePresenter {
  private static let excerptLength = 240

  /// Where a passage stands, in words: document, headings or row.
  static func place(of stored: StoredPassage) -> String {
    var parts = ["\(stored.document.source)/\(stored.document.path)"]
    if case .row(_, let key) = stored.passage.location.origin { parts.append("row \(key)") }
    parts += stored.passage.headings
    return Terminal.safeLine(parts.joined(separator: " › "))
  }

  /// The beginning of a passage on one line.
  static func excerpt(of stored: StoredPassage, indent: String) -> String {
    let text = Terminal.safeLine(stored.passage.text)
    guard text.count > excerptLength else { return indent + text }
    return indent + text.prefix(excerptLength) + "…"
  }
}

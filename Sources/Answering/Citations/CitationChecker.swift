import Documents
public import Knowledge

/// Checks mechanically that a citation's quote stands where the citation says.
public struct CitationChecker: Sendable {
  /// Why a citation is refused.
  public enum Fault: String, Error, Codable, Sendable {
    /// The passage does not exist any more.
    case passageGone
    /// The citation names another document than the passage belongs to.
    case otherDocument
    /// The place lies outside the passage, or the origin is not the passage's.
    case otherPlace
    /// The text at that place is not the quote.
    case otherText
    /// There is no quote.
    case emptyQuote
    /// The URL does not lead to that place.
    case otherURL
  }

  private let store: any PassageStore

  public init(store: any PassageStore) {
    self.store = store
  }

  /// The first fault of each citation; nil where there is none.
  public func faults(of citations: [Citation]) throws -> [Fault?] {
    let passages = try store.passages(Array(Set(citations.map(\.passage))))
    let byID = Dictionary(passages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return citations.map { fault(of: $0, in: byID[$0.passage]) }
  }

  private func fault(of citation: Citation, in stored: StoredPassage?) -> Fault? {
    guard let stored, stored.kind == .passage else { return .passageGone }
    guard citation.document.isIdentical(to: stored.document.path) else { return .otherDocument }
    guard !citation.quote.isEmpty else { return .emptyQuote }
    let whole = stored.passage.location
    let characters = citation.location.characters
    guard
      characters.lowerBound >= whole.characters.lowerBound,
      characters.upperBound <= whole.characters.upperBound,
      citation.location.origin == whole.origin,
      namesColumn(citation.column, of: stored.passage)
    else { return .otherPlace }
    let start = characters.lowerBound - whole.characters.lowerBound
    let range = start..<(start + characters.count)
    guard slice(stored.passage.text, range).isIdentical(to: citation.quote) else {
      return .otherText
    }
    // Made from the store's own origin, so that a key that only reads alike is noticed too.
    let place = Location(characters: characters, origin: whole.origin)
    let url = Citation.url(of: place, column: citation.column, in: stored)
    guard citation.url.isIdentical(to: url),
      Citation.url(of: citation.location, column: citation.column, in: stored).isIdentical(to: url)
    else { return .otherURL }
    return nil
  }

  private func namesColumn(_ column: String?, of passage: Passage) -> Bool {
    guard let column else { return true }
    return passage.fields.contains { $0.column.isIdentical(to: column) }
  }
}

extension String {
  /// Whether the scalars are the same. Swift's own equality takes canonically equivalent texts for
  /// equal.
  fileprivate func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

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
    guard citation.document == stored.document.path else { return .otherDocument }
    guard !citation.quote.isEmpty else { return .emptyQuote }
    let whole = stored.passage.location
    let characters = citation.location.characters
    guard
      characters.lowerBound >= whole.characters.lowerBound,
      characters.upperBound <= whole.characters.upperBound,
      citation.location.origin == whole.origin
    else { return .otherPlace }
    let range =
      (characters.lowerBound - whole.characters.lowerBound)
    ..<(characters.upperBound
      - whole.characters.lowerBound)
    // Compared scalar by scalar: Swift's own equality takes canonically equivalent texts for equal.
    guard
      slice(stored.passage.text, range).unicodeScalars.elementsEqual(citation.quote.unicodeScalars)
    else { return .otherText }
    guard citation.url == Citation.url(of: citation.location, column: citation.column, in: stored)
    else { return .otherURL }
    return nil
  }
}

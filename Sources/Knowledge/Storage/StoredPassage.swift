public import Documents

/// A live passage, or a document's summary, with the document it belongs to.
public struct StoredPassage: Hashable, Sendable {
  /// What a stored text is.
  public enum Kind: Int, Codable, Sendable {
    case passage = 0
    /// The sentences that stand for the document; `passage.text` joins them with a space.
    case summary = 1
  }

  public var id: Int64
  public var kind: Kind
  public var document: DocumentRecord
  public var passage: Passage

  public init(id: Int64, kind: Kind, document: DocumentRecord, passage: Passage) {
    self.id = id
    self.kind = kind
    self.document = document
    self.passage = passage
  }

  /// Whether both hold the same text of the same document somewhere.
  func overlaps(_ other: StoredPassage) -> Bool {
    document.id == other.document.id
      && passage.location.characters.overlaps(other.passage.location.characters)
  }
}

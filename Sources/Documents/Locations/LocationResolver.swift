/// Finds in a document, read again, what a location or an address names.
public struct LocationResolver: Sendable {
  private let document: ExtractedDocument
  private let text: IndexedText

  public init(_ document: ExtractedDocument) {
    self.document = document
    text = IndexedText(document.text)
  }

  /// The text at a location, or nil where it leaves the document.
  public func text(at location: Location) -> String? { text.slice(location.characters) }

  /// The place that an address names in this document, or nil where there is none. Source and path
  /// of the address are not looked at.
  public func location(of url: DocumentURL) -> Location? {
    switch url.place {
    case .whole: return location(0..<text.count)
    case .characters(let range, _), .cells(_, _, let range):
      guard range.lowerBound >= 0, range.upperBound <= text.count else { return nil }
      return location(range)
    case .row(let key, let column): return row(key, column: column)
    case .pointer(let pointer):
      let blocks = document.blocks.filter { $0.origin.isPointer(below: pointer) }
      guard let first = blocks.first, let last = blocks.last else { return nil }
      return Location(
        characters: first.characters.lowerBound..<last.characters.upperBound,
        origin: .pointer(pointer)
      )
    }
  }

  /// As ``text(at:)`` for a single look.
  public static func text(at location: Location, in document: ExtractedDocument) -> String? {
    LocationResolver(document).text(at: location)
  }

  /// As ``location(of:)`` for a single look.
  public static func location(
    of url: DocumentURL,
    in document: ExtractedDocument
  ) -> Location? {
    LocationResolver(document).location(of: url)
  }

  private func row(_ key: String, column: String?) -> Location? {
    for block in document.blocks {
      guard case .row(let fields) = block.kind, case .row(_, key) = block.origin else { continue }
      guard let column else {
        return Location(characters: block.characters, origin: block.origin)
      }
      guard let field = fields.first(where: { $0.column == column }) else { return nil }
      return Location(characters: field.characters, origin: block.origin)
    }
    return nil
  }

  private func location(_ range: Range<Int>) -> Location {
    let origins = document.blocks.filter { $0.characters.overlaps(range) }.map(\.origin)
    return Location(characters: range, origin: .joining(origins))
  }
}

extension Origin {
  /// Whether it is the pointer itself or one below it.
  fileprivate func isPointer(below parent: String) -> Bool {
    guard case .pointer(let pointer) = self else { return false }
    return pointer == parent || pointer.hasPrefix(parent + "/")
  }
}

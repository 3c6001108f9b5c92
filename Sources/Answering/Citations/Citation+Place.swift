import Documents
import Knowledge

extension Citation {
  /// A citation of part of a passage, not checked yet.
  ///
  /// - Parameter range: Unicode-scalar offsets into the passage's text.
  init(marker: Int, range: Range<Int>, text: String, passage: StoredPassage) {
    let start = passage.passage.location.characters.lowerBound
    let location = Location(
      characters: (start + range.lowerBound)..<(start + range.upperBound),
      origin: passage.passage.location.origin)
    self.init(
      marker: marker, passage: passage.id,
      url: Citation.url(of: location, column: nil, in: passage), document: passage.document.path,
      location: location, column: nil, quote: text, verified: false)
  }

  /// The canonical URL of a place in a passage.
  static func url(of location: Location, column: String?, in passage: StoredPassage) -> String {
    DocumentURL(
      source: passage.document.source, path: passage.document.path, location: location,
      column: column
    ).description
  }
}

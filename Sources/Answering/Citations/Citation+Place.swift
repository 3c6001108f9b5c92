package import Documents
package import Knowledge

extension Citation {
  /// A citation of part of a passage, not checked yet.
  ///
  /// The range counts Unicode scalars of the passage's text.
  package init(
    marker: Int,
    range: Range<Int>,
    text: String,
    passage: StoredPassage,
    column: String? = nil
  ) {
    let start = passage.passage.location.characters.lowerBound
    let location = Location(
      characters: (start + range.lowerBound)..<(start + range.upperBound),
      origin: passage.passage.location.origin
    )
    self.init(
      marker: marker,
      passage: passage.id,
      url: Citation.url(of: location, column: column, in: passage),
      document: passage.document.path,
      location: location,
      column: column,
      quote: text,
      verified: false
    )
  }

  /// The canonical URL of a place in a passage.
  package static func url(of location: Location, column: String?, in passage: StoredPassage)
    -> String
  {
    DocumentURL(
      source: passage.document.source,
      path: passage.document.path,
      location: location,
      column: column
    ).description
  }
}

import Answering
import Documents
import Foundation
import Knowledge
import TestSupport

/// Changes that make a true citation untrue.
enum CitationMutation: CaseIterable {
  case shifted, moved, stretched, edited, recomposed, shortened, emptied, otherDocument
  case otherPassage, unknownPassage, deletedPassage, summary, otherOrigin, otherURL, otherColumn

  /// The citation made untrue; nil where this change would leave it true. `gone` is the identifier of
  /// a passage that was removed, `summary` that of a summary.
  func applied(
    to citation: Citation,
    of passage: StoredPassage,
    others: [StoredPassage],
    gone: Int64,
    summary: Int64,
    using random: inout SplitMix64
  ) -> Citation? {
    var citation = citation
    let range = citation.location.characters
    let other = others.randomElement(using: &random)
    switch self {
    case .shifted:
      // The address goes along, so that only the text can tell.
      return relocated(
        citation,
        to: shift(range, by: Bool.random(using: &random) ? 1 : -1),
        passage
      )
    case .moved:
      citation.location.characters = shift(range, by: Int.random(in: 1...5000, using: &random))
      guard citation.location.characters.upperBound > passage.passage.location.characters.upperBound
      else { return nil }
    case .stretched:
      return relocated(citation, to: range.lowerBound..<(range.upperBound + 1), passage)
    case .edited:
      var scalars = Array(citation.quote.unicodeScalars)
      let index = Int.random(in: scalars.indices, using: &random)
      scalars[index] = scalars[index] == "x" ? "y" : "x"
      citation.quote = String(String.UnicodeScalarView(scalars))
    case .recomposed:
      let decomposed = citation.quote.decomposedStringWithCanonicalMapping
      let composed = citation.quote.precomposedStringWithCanonicalMapping
      let changed = [decomposed, composed].first { !$0.utf8.elementsEqual(citation.quote.utf8) }
      guard let changed else { return nil }
      citation.quote = changed
    case .shortened:
      citation.quote = String(citation.quote.unicodeScalars.dropLast())
    case .emptied:
      citation.quote = ""
      citation.location.characters = range.lowerBound..<range.lowerBound
      citation.url = Citation.url(of: citation.location, column: nil, in: passage)
    case .otherDocument:
      guard let other, other.document.path != citation.document else { return nil }
      citation.document = other.document.path
    case .otherPassage:
      guard let other, other.id != citation.passage else { return nil }
      citation.passage = other.id
    case .unknownPassage: citation.passage += 1_000_000
    case .deletedPassage: citation.passage = gone
    case .summary: citation.passage = summary
    case .otherOrigin:
      switch citation.location.origin {
      case .bytes(let bytes):
        citation.location.origin = .bytes(bytes.lowerBound..<(bytes.upperBound + 1))
      case .row(let table, let key): citation.location.origin = .row(table: table, key: key + "0")
      case .pointer(let pointer): citation.location.origin = .pointer(pointer + "/0")
      case .pages(let pages, let box):
        citation.location.origin = .pages(
          pages.lowerBound...(pages.upperBound + 1),
          box: box
        )
      case .cells(let sheet, let range):
        citation.location.origin = .cells(sheet: sheet + "0", range)
      case .elements(let part, let numbers):
        citation.location.origin = .elements(
          part: part,
          numbers.lowerBound...(numbers.upperBound + 1)
        )
      }
      if Bool.random(using: &random) {
        citation.url = Citation.url(of: citation.location, column: nil, in: passage)
      }
    case .otherURL:
      guard let other else { return nil }
      citation.url = Citation.url(of: other.passage.location, column: nil, in: other)
      if other.id == passage.id, citation.location == other.passage.location { return nil }
      if case .row = citation.location.origin, other.id == passage.id { return nil }
    case .otherColumn:
      citation.column = "nosuch"
      citation.url = Citation.url(of: citation.location, column: "nosuch", in: passage)
    }
    return citation
  }

  private func shift(_ range: Range<Int>, by offset: Int) -> Range<Int> {
    (range.lowerBound + offset)..<(range.upperBound + offset)
  }

  /// The citation at another place with an address that agrees; nil where the quote stands there too.
  private func relocated(
    _ citation: Citation,
    to range: Range<Int>,
    _ passage: StoredPassage
  ) -> Citation? {
    var citation = citation
    citation.location.characters = range
    citation.url = Citation.url(of: citation.location, column: nil, in: passage)
    let whole = passage.passage.location.characters
    guard range.lowerBound >= whole.lowerBound, range.upperBound <= whole.upperBound else {
      return citation
    }
    let text = slice(passage.passage.text, shift(range, by: -whole.lowerBound))
    return text.utf8.elementsEqual(citation.quote.utf8) ? nil : citation
  }
}

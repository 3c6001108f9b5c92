/// The canonical address of a place in a document.
///
/// ```
/// attune://notes/handbook/travel.md#chars=120-240
/// attune://shop/data/shop.sqlite%23orders#row=10248&column=Freight
/// attune://feeds/prices.json#pointer=/items/3
/// attune://share/offer.pdf#page=3&chars=5120-5240
/// attune://share/plan.xlsx#sheet=Costs&cells=B7:F7&chars=410-470
/// ```
/// Source, path and values are percent-encoded; `/` stays in paths and pointers. Parsing what was
/// written gives the same address back.
public struct DocumentURL: Hashable, Sendable {
  /// The place within the document.
  public enum Place: Hashable, Sendable {
    case whole
    /// Unicode-scalar offsets into the extracted text, half open; `page` is for people, who look at
    /// the original.
    case characters(Range<Int>, page: Int? = nil)
    /// A row by its key, and one of its columns.
    case row(key: String, column: String?)
    /// A JSON pointer.
    case pointer(String)
    /// Unicode-scalar offsets into the extracted text, and the cells of a spreadsheet for people, who look
    /// at the original: one row of cells may give several passages.
    case cells(sheet: String, CellRange, characters: Range<Int>)
  }

  public var source: String
  public var path: String
  public var place: Place

  public init(source: String, path: String, place: Place = .whole) {
    self.source = source
    self.path = path
    self.place = place
  }

  /// The address of a location: a row by its key, a JSON value by its pointer, anything else by its
  /// characters, with the page or the cells.
  public init(source: String, path: String, location: Location, column: String? = nil) {
    let place: Place =
      switch location.origin {
      case .bytes, .elements: .characters(location.characters)
      case .row(_, let key): .row(key: key, column: column)
      case .pointer(let pointer): .pointer(pointer)
      case .pages(let pages, _): .characters(location.characters, page: pages.lowerBound)
      case .cells(let sheet, let range):
        .cells(sheet: sheet, range, characters: location.characters)
      }
    self.init(source: source, path: path, place: place)
  }
}

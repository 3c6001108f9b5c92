import Documents

/// A location as JSON, in the shape of Claude's citation locations.
struct LocationOutput: Encodable {
  /// Where the place lies in the original.
  struct OriginOutput: Encodable {
    var bytes: [Int]?
    var table: String?
    var row: String?
    var pointer: String?
    /// The box on the page in points: left, top, right, bottom.
    var box: [Double]?
    var sheet: String?
    var cells: String?
    var part: String?
    var elements: [Int]?
  }

  let type = "char_location"
  /// The page, for formats that have pages.
  let page: Int?
  /// Unicode-scalar offsets into the extracted text, half open.
  let start: Int
  let end: Int
  let origin: OriginOutput

  private enum CodingKeys: String, CodingKey {
    case type, page, start, end, origin
  }

  init(_ location: Location) {
    start = location.characters.lowerBound
    end = location.characters.upperBound
    switch location.origin {
    case .bytes(let range): origin = OriginOutput(bytes: [range.lowerBound, range.upperBound])
    case .row(let table, let key): origin = OriginOutput(table: table, row: key)
    case .pointer(let pointer): origin = OriginOutput(pointer: pointer)
    case .pages(_, let box):
      origin = OriginOutput(box: box.map { [$0.left, $0.top, $0.right, $0.bottom] })
    case .cells(let sheet, let range):
      origin = OriginOutput(sheet: sheet, cells: range.description)
    case .elements(let part, let numbers):
      origin = OriginOutput(part: part, elements: [numbers.lowerBound, numbers.upperBound])
    }
    if case .pages(let pages, _) = location.origin { page = pages.lowerBound } else { page = nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .type)
    // Named even where it is null, as people who read pages expect it.
    try container.encode(page, forKey: .page)
    try container.encode(start, forKey: .start)
    try container.encode(end, forKey: .end)
    try container.encode(origin, forKey: .origin)
  }
}

extension DocumentURL: LosslessStringConvertible {
  private static let scheme = "attune://"

  /// The address as text.
  public var description: String {
    var text = Self.scheme + PercentEncoding.encode(source) + "/"
    text += PercentEncoding.encode(path, keepingSlashes: true)
    switch place {
    case .whole: break
    case .characters(let range, let page):
      text += page.map { "#page=\($0)&" } ?? "#"
      text += "chars=\(range.lowerBound)-\(range.upperBound)"
    case .row(let key, let column):
      text += "#row=" + PercentEncoding.encode(key)
      if let column { text += "&column=" + PercentEncoding.encode(column) }
    case .pointer(let pointer):
      text += "#pointer=" + PercentEncoding.encode(pointer, keepingSlashes: true)
    case .cells(let sheet, let range, let characters):
      text += "#sheet=" + PercentEncoding.encode(sheet) + "&cells=\(range)"
      text += "&chars=\(characters.lowerBound)-\(characters.upperBound)"
    }
    return text
  }

  /// Reads an address; nil where the text is none.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.scheme) else { return nil }
    let parts = text.dropFirst(Self.scheme.count)
      .split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let address = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard address.count == 2, let source = PercentEncoding.decode(address[0]),
      let path = PercentEncoding.decode(address[1]),
      let place = parts.count == 2 ? Self.place(parts[1]) : .whole
    else { return nil }
    self.init(source: source, path: path, place: place)
  }

  private static func place(_ fragment: Substring) -> Place? {
    var values: [String: String] = [:]
    for pair in fragment.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let value = PercentEncoding.decode(sides[1]) else { return nil }
      values[String(sides[0])] = value
    }
    if let key = values["row"] { return .row(key: key, column: values["column"]) }
    if let pointer = values["pointer"] { return .pointer(pointer) }
    guard let range = values["chars"] else { return nil }
    let page = values["page"].flatMap { Int($0) }
    guard page != nil || values["page"] == nil else { return nil }
    let ends = range.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let lower = Int(ends[0]), let upper = Int(ends[1]), lower <= upper
    else { return nil }
    if let sheet = values["sheet"], let cells = values["cells"].flatMap(CellRange.init) {
      return .cells(sheet: sheet, cells, characters: lower..<upper)
    }
    return .characters(lower..<upper, page: page)
  }
}

extension DocumentURL: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let url = DocumentURL(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not an attune:// address")
      )
    }
    self = url
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

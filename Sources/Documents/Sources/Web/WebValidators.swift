/// What a server says an answer can be known again by, as it is kept with the document.
struct WebValidators: Hashable {
  var entityTag: String?
  var lastModified: String?

  private static let mark = "web"
  private static let maximumLength = 512

  init(_ response: WebResponse) {
    entityTag = Self.usable(response.headers["etag"])
    lastModified = Self.usable(response.headers["last-modified"])
  }

  /// Reads what ``fingerprint`` wrote, whatever follows it.
  init?(fingerprint: String) {
    let parts = fingerprint.split(separator: " ")
    guard parts.count >= 3, parts[0] == Self.mark else { return nil }
    func value(_ part: Substring) -> String? {
      part == "-" ? nil : Self.usable(PercentEncoding.decode(part))
    }
    entityTag = value(parts[1])
    lastModified = value(parts[2])
  }

  var fingerprint: String {
    func text(_ value: String?) -> String {
      value.map { $0 == "-" ? "%2D" : PercentEncoding.encode($0) } ?? "-"
    }
    return "\(Self.mark) \(text(entityTag)) \(text(lastModified))"
  }

  /// The headers that make a request conditional.
  var headers: [(name: String, value: String)] {
    [("if-none-match", entityTag), ("if-modified-since", lastModified)].compactMap { name, value in
      value.map { (name, $0) }
    }
  }

  /// When the page was last changed, in seconds since 1970.
  var modified: Double? { lastModified.flatMap(WebDate.seconds) }

  /// A value that may stand in a header.
  private static func usable(_ value: String?) -> String? {
    guard let value, !value.isEmpty, value.utf8.count <= maximumLength,
      value.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
    else { return nil }
    return value
  }
}

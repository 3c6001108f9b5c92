/// A message or a part of one: its header, where its body lies in the file, and its own parts.
struct MIMEEntity {
  /// How deep parts may lie in parts.
  static let maximumDepth = 20

  let headers: MIMEHeaders
  /// Header and body.
  let range: Range<Int>
  let type: String
  let typeParameters: MIMEParameters
  let encoding: TransferEncoding
  private(set) var children: [MIMEEntity] = []

  var body: Range<Int> { min(headers.bodyStart, range.upperBound)..<range.upperBound }

  /// Reads a message and the parts in it; no more of them than `remaining` says.
  init(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    defaultType: String = "text/plain",
    depth: Int = 0,
    remaining: inout Int
  ) {
    self.range = range
    headers = MIMEHeaders(bytes, range)
    typeParameters = headers.parameters("content-type") ?? MIMEParameters([])
    let named = typeParameters.value
    type = named.contains("/") ? named : defaultType
    encoding = TransferEncoding(headers.text("content-transfer-encoding"))
    guard type.hasPrefix("multipart/"), depth < Self.maximumDepth,
      let boundary = typeParameters["boundary"], !boundary.isEmpty, boundary.utf8.count <= 1000
    else { return }
    let inner = type == "multipart/digest" ? "message/rfc822" : "text/plain"
    for part in Self.split(bytes, body, boundary: Array(boundary.utf8)) {
      guard remaining > 0 else { return }
      remaining -= 1
      children.append(
        MIMEEntity(bytes, part, defaultType: inner, depth: depth + 1, remaining: &remaining)
      )
    }
  }

  /// Whether its parts were found; one whose boundary is missing is read as text.
  var isMultipart: Bool { type.hasPrefix("multipart/") && !children.isEmpty }

  /// The name that the sender gave it.
  var fileName: String? {
    let disposition = headers.parameters("content-disposition")
    let name = disposition?["filename"] ?? typeParameters["name"]
    return name.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
  }

  var isAttachment: Bool {
    headers.parameters("content-disposition")?.value == "attachment"
  }

  /// The bytes as they were before they were made fit for mail.
  func content(_ bytes: [UInt8]) -> [UInt8] { encoding.decode(bytes[body]) }

  /// The parts between boundary lines. One that is not closed runs to the end.
  private static func split(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    boundary: [UInt8]
  ) -> [Range<Int>] {
    let mark = [0x2D, 0x2D] + boundary
    var parts: [Range<Int>] = []
    var start: Int?
    var position = range.lowerBound
    var previousEnd = position
    while position < range.upperBound {
      let line = MIMELine(bytes, at: position, limit: range.upperBound)
      if bytes[line.content].starts(with: mark) {
        let rest = bytes[line.content].dropFirst(mark.count)
        let isEnd = rest.starts(withText: "--")
        if isEnd || rest.isBlank {
          if let start { parts.append(start..<max(start, previousEnd)) }
          start = isEnd ? nil : line.next
          if isEnd { return parts }
        }
      }
      previousEnd = line.content.upperBound
      position = line.next
    }
    if let start, start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }
}

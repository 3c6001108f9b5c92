import Foundation

/// Writes a message that is attached to another one as a mail of its own, so that it is read like any.
enum OutlookMail {
  static func mail(_ file: CompoundFile, storage: Int, limits: SourceLimits) -> [UInt8] {
    var budget = limits.maximumUnpackedBytes
    return mail(file, storage: storage, limits: limits, depth: 0, budget: &budget)
  }

  private static func mail(
    _ file: CompoundFile,
    storage: Int,
    limits: SourceLimits,
    depth: Int,
    budget: inout Int
  ) -> [UInt8] {
    let message = OutlookMessage(file, storage: storage, limits: limits)
    let boundary = "attune-part-\(depth)-\(storage)"
    var lines: [String] = []
    let envelope = message.envelope
    for (name, value) in [
      ("From", envelope.from), ("To", envelope.to), ("Cc", envelope.cc), ("Date", envelope.date),
      ("Subject", envelope.subject),
    ] {
      let words = value?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if let words { lines.append("\(name): \(words)") }
    }
    lines += ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"\(boundary)\"", ""]
    let plain = message.properties.text(0x1000)
    let html =
      message.properties.binary(0x1013) ?? message.properties.text(0x1013).map { Array($0.utf8) }
    let charset = plain == nil ? message.properties.codePageSet?.rawValue ?? "utf-8" : "utf-8"
    let type = plain == nil ? "text/html" : "text/plain"
    let body = plain.map { Array($0.utf8) } ?? html ?? []
    lines += part(boundary, "Content-Type: \(type); charset=\(charset)", body)
    budget -= body.count
    for (name, content) in message.attachments {
      let bytes: [UInt8]
      switch content {
      case .bytes(let data): bytes = data
      case .message(let inner):
        guard depth < limits.maximumDepth else { continue }
        bytes = mail(file, storage: inner, limits: limits, depth: depth + 1, budget: &budget)
      }
      budget -= bytes.count
      guard budget >= 0 else { break }
      let name = name.replacing("\"", with: "'")
      let header = """
        Content-Type: application/octet-stream
        Content-Disposition: attachment; filename="\(name)"
        """
      lines += part(boundary, header, bytes)
    }
    lines.append("--\(boundary)--")
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func part(_ boundary: String, _ header: String, _ content: [UInt8]) -> [String] {
    [
      "--\(boundary)", header, "Content-Transfer-Encoding: base64", "",
      Data(content).base64EncodedString(options: .lineLength76Characters),
    ]
  }
}

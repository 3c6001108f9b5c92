extension WebURL {
  /// Whether a text is meant as the address of something on the web.
  static func isURL(_ text: String) -> Bool {
    let start = text.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// Reads an address.
  ///
  /// - Throws: ``Fault`` where it is none, or one that is not spoken to.
  package init(_ text: String) throws(Fault) {
    let text = text.trimmed
    guard text.utf8.count <= Self.maximumLength else { throw Fault(reason: "is too long") }
    guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw Fault(reason: "holds control characters")
    }
    guard Self.isURL(text), let mark = text.firstRange(of: "://") else {
      throw Fault(reason: "is none of http:// or https://")
    }
    let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased()) ?? .https
    let rest = text[mark.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let (host, port) = try Self.server(authority)
    let target = rest[authority.endIndex...].prefix { $0 != "#" }
    self.init(
      scheme: scheme,
      host: host,
      port: port ?? scheme.defaultPort,
      target: Self.normalTarget(target)
    )
  }

  /// The address that a reference on this page leads to (RFC 3986, section 5.2).
  ///
  /// - Throws: ``Fault`` where it leads to nothing on the web.
  package func resolving(_ reference: String) throws(Fault) -> WebURL {
    let reference = reference.trimmed
    if Self.hasScheme(reference) { return try WebURL(reference) }
    if reference.hasPrefix("//") { return try WebURL(scheme.rawValue + ":" + reference) }
    if reference.hasPrefix("/") { return try WebURL(origin + reference) }
    if reference.hasPrefix("?") { return try WebURL(origin + path + reference) }
    if reference.isEmpty || reference.hasPrefix("#") { return self }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    return try WebURL(origin + folder + reference)
  }

  /// A host name as it is written here, or nil where it is none.
  static func host(_ text: some StringProtocol) -> String? {
    let name = text.lowercased()
    if name.hasPrefix("["), name.hasSuffix("]") { return address(name.dropFirst().dropLast()) }
    if name.contains(":") { return address(name[...]) }
    if let address = IPAddress(name) { return address.description }
    let bytes = Array(name.utf8)
    let isName =
      bytes.count <= 253
      && bytes.allSatisfy { $0.isDigit || $0.isLetter || "-_.".utf8.contains($0) }
      && !name.hasPrefix(".") && !name.contains("..") && !name.isEmpty
    return isName ? name : nil
  }

  private static func address(_ text: Substring) -> String? {
    guard let address = IPAddress(String(text)), address.isV6 else { return nil }
    return address.description
  }

  private static func server(
    _ authority: Substring
  ) throws(Fault) -> (host: String, port: Int?) {
    guard !authority.contains("@") else { throw Fault(reason: "holds a user name or a password") }
    var name = authority
    var port: Int?
    let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
    if let colon = authority[bracket...].lastIndex(of: ":") {
      name = authority[..<colon]
      let digits = authority[authority.index(after: colon)...]
      guard digits.utf8.allSatisfy(\.isDigit), let number = Int(digits.isEmpty ? "0" : digits),
        (1...65_535).contains(number) || digits.isEmpty
      else { throw Fault(reason: "names no port") }
      port = digits.isEmpty ? nil : number
    }
    guard !name.isEmpty else { throw Fault(reason: "names no host") }
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw Fault(reason: "has a host name that is not in its ASCII form (xn--…)")
    }
    let isBare = name.contains(":") && !name.hasPrefix("[")
    guard !isBare, let host = host(name) else { throw Fault(reason: "has no valid host name") }
    return (host, port)
  }

  /// Whether a reference begins with a scheme of its own.
  private static func hasScheme(_ text: String) -> Bool {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), text.utf8.first?.isLetter == true
    else { return false }
    return text.utf8[..<colon].allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
  }

  // MARK: Path and query

  private static func normalTarget(_ text: Substring) -> String {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = withoutDots(normal(parts.first ?? ""))
    return parts.count == 2 ? path + "?" + normal(parts[1]) : path
  }

  /// Percent-encodes what an address may not hold, and decodes what need not be encoded.
  static func normal(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let value = escapedByte(bytes[index...]) {
        if isUnreserved(value) { result.append(value) } else { escape(value, into: &result) }
        index += 3
        continue
      }
      let byte = bytes[index]
      let isLegal = isUnreserved(byte) || "!$&'()*+,;=:@/?".utf8.contains(byte)
      if isLegal { result.append(byte) } else { escape(byte, into: &result) }
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The byte that `%XX` at the beginning stands for.
  static func escapedByte(_ bytes: ArraySlice<UInt8>) -> UInt8? {
    guard bytes.count >= 3, bytes.first == UInt8(ascii: "%") else { return nil }
    let digits = bytes.dropFirst().prefix(2)
    guard digits.allSatisfy({ $0.isDigit || ($0.isLetter && $0 | 0x20 <= UInt8(ascii: "f")) })
    else { return nil }
    return UInt8(digits.string, radix: 16)
  }

  private static func escape(_ byte: UInt8, into result: inout [UInt8]) {
    let digits = String(byte, radix: 16, uppercase: true)
    result += Array((byte < 16 ? "%0" : "%").utf8) + Array(digits.utf8)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter || "-._~".utf8.contains(byte)
  }

  /// Takes `.` and `..` out of a path.
  private static func withoutDots(_ path: String) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        _ = kept.popLast()
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/")
  }
}

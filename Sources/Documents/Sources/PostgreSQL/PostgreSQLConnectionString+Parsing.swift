extension PostgreSQLConnectionString {
  /// Keywords and values in the order they stand in.
  typealias Pairs = [(keyword: String, value: String)]

  /// Reads `keyword = value` pairs; values may stand in single quotes, a backslash takes the next sign
  /// as it is.
  static func keywords(_ text: String) throws(Fault) -> Pairs {
    var rest = Substring(text)
    var result: Pairs = []
    skipSpace(&rest)
    while !rest.isEmpty {
      let keyword = rest.prefix { $0 != "=" && !$0.isWhitespace }
      rest = rest[keyword.endIndex...]
      skipSpace(&rest)
      guard rest.popFirst() == "=", !keyword.isEmpty else {
        throw .malformed("an option has no “=”")
      }
      skipSpace(&rest)
      result.append((String(keyword), try value(&rest)))
      skipSpace(&rest)
    }
    return result
  }

  private static func skipSpace(_ rest: inout Substring) {
    rest = rest.drop(while: \.isWhitespace)
  }

  private static func value(_ rest: inout Substring) throws(Fault) -> String {
    let isQuoted = rest.first == "'"
    if isQuoted { rest.removeFirst() }
    var result = ""
    while let character = rest.first {
      if !isQuoted, character.isWhitespace { return result }
      rest.removeFirst()
      if isQuoted, character == "'" { return result }
      if character == "\\" {
        if let next = rest.popFirst() { result.append(next) }
      } else {
        result.append(character)
      }
    }
    guard !isQuoted else { throw .malformed("a quote is not closed") }
    return result
  }

  /// Reads `postgresql://user@host:port,host:port/database?keyword=value&…`.
  static func uri(_ text: String) throws(Fault) -> Pairs {
    guard let scheme = text.firstRange(of: "://") else { throw .malformed("it is no URI") }
    var rest = text[scheme.upperBound...]
    var result: Pairs = []
    // As libpq does, credentials are looked for in all that stands before the first slash.
    let authority = rest.prefix { $0 != "/" }
    if let mark = authority.lastIndex(of: "@") {
      let credentials = authority[..<mark].split(
        separator: ":",
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      if credentials.count == 2, !credentials[1].isEmpty { throw .secret }
      guard !authority[..<mark].contains("?") else { throw .malformed("it has “@” in an option") }
      result.append(("user", try decoded(credentials[0])))
      rest = rest[authority.index(after: mark)...]
    }
    let sides = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let place = sides[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    // A stray “@” may be a password's: nothing of such a text may be used or shown.
    guard !sides[0].contains("@") else { throw .malformed("it has “@” in an unexpected place") }
    result += try hosts(place[0])
    if place.count == 2 { result.append(("dbname", try decoded(place[1]))) }
    if sides.count == 2 { result += try parameters(sides[1]) }
    return result
  }

  private static func hosts(_ text: Substring) throws(Fault) -> Pairs {
    guard !text.isEmpty else { return [] }
    var hosts: [String] = []
    var ports: [String] = []
    for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
      var host = entry
      var port: Substring = ""
      if entry.hasPrefix("[") {
        guard let end = entry.firstIndex(of: "]") else { throw .malformed("a bracket is open") }
        host = entry[entry.index(after: entry.startIndex)..<end]
        port = entry[entry.index(after: end)...]
        guard port.isEmpty || port.first == ":" else { throw .malformed("a host is none") }
        port = port.dropFirst()
      } else if let mark = entry.firstIndex(of: ":") {
        host = entry[..<mark]
        port = entry[entry.index(after: mark)...]
      }
      guard port.utf8.allSatisfy(\.isDigit) else { throw .malformed("a port is no number") }
      hosts.append(try decoded(host))
      ports.append(String(port))
    }
    let isDefault = ports.allSatisfy(\.isEmpty)
    return [("host", hosts.joined(separator: ","))]
      + (isDefault ? [] : [("port", ports.joined(separator: ","))])
  }

  private static func parameters(_ text: Substring) throws(Fault) -> Pairs {
    var result: Pairs = []
    for pair in text.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else { throw .malformed("an option has no “=”") }
      let keyword = try decoded(sides[0])
      let value = try decoded(sides[1])
      // Java's drivers write it so; libpq takes it too.
      result.append(keyword == "ssl" && value == "true" ? ("sslmode", "require") : (keyword, value))
    }
    return result
  }

  private static func decoded(_ text: Substring) throws(Fault) -> String {
    guard let result = PercentEncoding.decode(text) else {
      throw .malformed("its percent-encoding is broken")
    }
    return result
  }
}

/// Reads tokens into statements, by the grammar of Jinja.
struct TemplateParser {
  var tokens: [TemplateToken]
  var index = 0
  /// How many blocks and expressions are open.
  private var depth = 0
  /// How many loops are open in the present macro.
  var loops = 0
  /// How many loops are open in all, within which nothing may assign to `loop`.
  var enclosingLoops = 0
  /// Whether unknown filters and tests are left to be found when they are used: Jinja allows them
  /// inside `if`, so that a template can ask first whether they exist.
  var mayNameUnknown = false
  /// The names read in each macro that is open.
  var macroNames: [Set<String>] = []

  /// The statements of a template.
  static func statements(of source: String) throws -> [TemplateStatement] {
    var parser = TemplateParser(tokens: try TemplateLexer.tokens(of: source))
    let statements = try parser.parseBody(until: [])
    return statements
  }

  private init(tokens: [TemplateToken]) { self.tokens = tokens }

  var token: TemplateToken { tokens[index] }
  var line: Int { tokens[index].line }

  /// The token after the present one.
  var following: TemplateToken { tokens[min(index + 1, tokens.count - 1)] }

  /// Takes the present token.
  @discardableResult
  mutating func take() -> TemplateToken {
    let taken = tokens[index]
    // The last token is the end, which stays.
    if index + 1 < tokens.count { index += 1 }
    return taken
  }

  func isName(_ name: String) -> Bool { token.kind == .name(name) }
  func isMark(_ mark: String) -> Bool { token.kind == .mark(mark) }

  mutating func skip(name: String) -> Bool {
    guard isName(name) else { return false }
    take()
    return true
  }

  mutating func skip(mark: String) -> Bool {
    guard isMark(mark) else { return false }
    take()
    return true
  }

  mutating func expect(mark: String) throws {
    guard skip(mark: mark) else { throw unexpected("'\(mark)'") }
  }

  mutating func expect(name: String) throws {
    guard skip(name: name) else { throw unexpected("'\(name)'") }
  }

  mutating func expectName() throws -> String {
    guard case .name(let name) = token.kind else { throw unexpected("a name") }
    take()
    return name
  }

  mutating func expect(_ kind: TemplateToken.Kind, as text: String) throws {
    guard token.kind == kind else { throw unexpected("'\(text)'") }
    take()
  }

  func unexpected(_ wanted: String) -> ChatTemplateError {
    ChatTemplateError(
      .malformedTemplate,
      "Expected \(wanted), found '\(token.text)'.",
      line: line
    )
  }

  func malformed(_ message: String, line: Int? = nil) -> ChatTemplateError {
    ChatTemplateError(.malformedTemplate, message, line: line ?? self.line)
  }

  func unsupported(_ construct: String, line: Int? = nil) -> ChatTemplateError {
    ChatTemplateError(
      .unsupportedConstruct,
      "\(construct) is not supported.",
      line: line ?? self.line
    )
  }

  /// Parses something one level deeper.
  mutating func nested<Result>(_ parse: (inout Self) throws -> Result) throws -> Result {
    guard depth < ChatTemplateLimits.sourceDepth else {
      throw ChatTemplateError(
        .limitExceeded,
        "Blocks and expressions nest more than \(ChatTemplateLimits.sourceDepth) levels deep.",
        line: line
      )
    }
    depth += 1
    defer { depth -= 1 }
    return try parse(&self)
  }

  /// Parses text, outputs and blocks up to one of the names, which stays the present token; without
  /// names, up to the end of the template.
  mutating func parseBody(until ends: Set<String>) throws -> [TemplateStatement] {
    var body: [TemplateStatement] = []
    let start = line
    while true {
      switch token.kind {
      case .data(let text):
        take()
        body.append(.text(text))
      case .variableBegin:
        let line = take().line
        body.append(.output([try parseTuple()], line: line))
        try expect(.variableEnd, as: "}}")
      case .blockBegin:
        take()
        if case .name(let name) = token.kind, ends.contains(name) { return body }
        body.append(try nested { try $0.parseStatement() })
        try expect(.blockEnd, as: "%}")
      default:
        guard ends.isEmpty else {
          throw malformed(
            "A block that begins here has no end: expected \(ends.sorted().joined(separator: " or ")).",
            line: start
          )
        }
        return body
      }
    }
  }
}

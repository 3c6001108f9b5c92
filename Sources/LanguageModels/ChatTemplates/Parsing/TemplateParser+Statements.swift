/// Blocks: what stands between `{%` and `%}`.
extension TemplateParser {
  mutating func parseStatement() throws -> TemplateStatement {
    let line = line
    guard case .name(let name) = token.kind else { throw unexpected("the name of a block") }
    take()
    switch name {
    case "if": return try parseConditional()
    case "for": return try parseLoop(line: line)
    case "set": return try parseAssignment(line: line)
    case "macro": return .macro(try parseMacro(line: line))
    case "call": return try parseCallBlock(line: line)
    case "filter": return try parseFilterBlock()
    case "with": return try parseWith(line: line)
    case "generation":
      let body = try inFunction { try $0.parseEnclosed(until: "endgeneration") }
      return .generation(body)
    case "print": return .output(try parseList(until: .blockEnd), line: line)
    case "break", "continue":
      guard loops > 0 else { throw malformed("'\(name)' outside of a loop.", line: line) }
      return name == "break" ? .leaveLoop : .nextRound
    case "include", "import", "from", "extends", "block", "autoescape", "trans", "do":
      throw unsupported("The block '\(name)'", line: line)
    default:
      throw malformed("Unknown block '\(name)'.", line: line)
    }
  }

  /// Parses a block's body, from the end of its opening tag.
  private mutating func parseBlock(until ends: Set<String>) throws -> [TemplateStatement] {
    _ = skip(mark: ":")
    try expect(.blockEnd, as: "%}")
    return try parseBody(until: ends)
  }

  /// Parses a block's body and the name that ends it.
  private mutating func parseEnclosed(until end: String) throws -> [TemplateStatement] {
    let body = try parseBlock(until: [end])
    take()
    return body
  }

  /// Parses what becomes a function, into which no loop outside reaches.
  private mutating func inFunction<Result>(
    _ parse: (inout Self) throws -> Result
  ) rethrows -> Result {
    let outside = (loops, mayNameUnknown)
    (loops, mayNameUnknown) = (0, false)
    defer { (loops, mayNameUnknown) = outside }
    return try parse(&self)
  }

  private mutating func parseConditional() throws -> TemplateStatement {
    let outside = mayNameUnknown
    mayNameUnknown = true
    defer { mayNameUnknown = outside }
    var branches: [TemplateStatement.Branch] = []
    while true {
      let test = try parseTuple(allowsConditional: false)
      let body = try parseBlock(until: ["elif", "else", "endif"])
      branches.append(.init(test: test, body: body))
      switch take().kind {
      case .name("elif"): continue
      case .name("else"):
        return .conditional(branches, otherwise: try parseEnclosed(until: "endif"))
      default: return .conditional(branches, otherwise: [])
      }
    }
  }

  private mutating func parseLoop(line: Int) throws -> TemplateStatement {
    let target = try parseTarget(until: "in", allowsMembers: false)
    try checkLoopIsNot(among: target, line: line)
    try expect(name: "in")
    let values = try parseTuple(allowsConditional: false, until: "recursive")
    let outside = mayNameUnknown
    mayNameUnknown = false
    defer { mayNameUnknown = outside }
    let test = skip(name: "if") ? try parseExpression() : nil
    let isRecursive = skip(name: "recursive")
    enclosingLoops += 1
    defer { enclosingLoops -= 1 }
    loops += 1
    let body: [TemplateStatement]
    do {
      defer { loops -= 1 }
      body = try parseBlock(until: ["endfor", "else"])
    }
    let otherwise = take().kind == .name("else") ? try parseEnclosed(until: "endfor") : []
    return .loop(
      .init(
        target: target,
        values: values,
        test: test,
        isRecursive: isRecursive,
        body: body,
        otherwise: otherwise,
        line: line
      )
    )
  }

  private func checkLoopIsNot(among target: AssignmentTarget, line: Int) throws {
    guard !target.names.contains("loop") else {
      throw malformed("Nothing can be assigned to 'loop' within a loop.", line: line)
    }
  }

  private mutating func parseAssignment(line: Int) throws -> TemplateStatement {
    let target = try parseTarget(until: nil, allowsMembers: true)
    if enclosingLoops > 0 { try checkLoopIsNot(among: target, line: line) }
    if skip(mark: "=") { return .assign(target, try parseTuple(), line: line) }
    let filters = isMark("|") ? try parseFilters() : []
    let outside = mayNameUnknown
    mayNameUnknown = false
    defer { mayNameUnknown = outside }
    return .assignBlock(target, filters, try parseEnclosed(until: "endset"), line: line)
  }

  private mutating func parseMacro(line: Int) throws -> MacroDefinition {
    let name = try expectName()
    return try parseDefinition(name: name, line: line, end: "endmacro")
  }

  /// Parses parameters and a body.
  private mutating func parseDefinition(
    name: String,
    line: Int,
    end: String,
    call: ((inout Self) throws -> Void)? = nil
  ) throws -> MacroDefinition {
    macroNames.append([])
    var parameters: [String] = []
    var defaults: [TemplateExpression] = []
    let body = try inFunction { parser in
      if call == nil || parser.isMark("(") {
        try parser.parseParameters(&parameters, &defaults)
      }
      try call?(&parser)
      return try parser.parseEnclosed(until: end)
    }
    let names = macroNames.removeLast()
    if !macroNames.isEmpty { macroNames[macroNames.count - 1].formUnion(names) }
    return MacroDefinition(
      name: name,
      parameters: parameters,
      defaults: defaults,
      body: body,
      special: names.intersection(["varargs", "kwargs", "caller"]).subtracting(parameters),
      line: line
    )
  }

  private mutating func parseParameters(
    _ parameters: inout [String],
    _ defaults: inout [TemplateExpression]
  ) throws {
    try expect(mark: "(")
    while !isMark(")") {
      if !parameters.isEmpty { try expect(mark: ",") }
      parameters.append(try expectName())
      if skip(mark: "=") {
        defaults.append(try parseExpression())
      } else if !defaults.isEmpty {
        throw malformed("A parameter without a default follows one with a default.")
      }
    }
    try expect(mark: ")")
    guard Set(parameters).count == parameters.count else {
      throw malformed("Two parameters have the same name.")
    }
  }

  private mutating func parseCallBlock(line: Int) throws -> TemplateStatement {
    var called: TemplateExpression?
    let definition = try parseDefinition(name: "caller", line: line, end: "endcall") { parser in
      called = try parser.parseExpression()
    }
    guard case .chain(_, let operations)? = called, case .call? = operations.last?.kind,
      let called
    else { throw malformed("A call block must call something.", line: line) }
    return .callBlock(definition, called, line: line)
  }

  private mutating func parseFilterBlock() throws -> TemplateStatement {
    let first = try parseFilter()
    let filters = [first] + (isMark("|") ? try parseFilters() : [])
    let outside = mayNameUnknown
    mayNameUnknown = false
    defer { mayNameUnknown = outside }
    return .filterBlock(filters, try parseEnclosed(until: "endfilter"))
  }

  private mutating func parseWith(line: Int) throws -> TemplateStatement {
    var targets: [AssignmentTarget] = []
    var values: [TemplateExpression] = []
    while token.kind != .blockEnd {
      if !targets.isEmpty { try expect(mark: ",") }
      targets.append(try parseTarget(until: nil, allowsMembers: false))
      try expect(mark: "=")
      values.append(try parseExpression())
    }
    return .with(targets, values, try parseEnclosed(until: "endwith"), line: line)
  }

  private mutating func parseList(until end: TemplateToken.Kind) throws -> [TemplateExpression] {
    var values: [TemplateExpression] = []
    while token.kind != end {
      if !values.isEmpty { try expect(mark: ",") }
      values.append(try parseExpression())
    }
    return values
  }

  /// Parses what is assigned to: a name, a member of a namespace, or several with commas between.
  private mutating func parseTarget(
    until end: String?,
    allowsMembers: Bool
  ) throws -> AssignmentTarget {
    var targets: [AssignmentTarget] = []
    var isTuple = false
    while true {
      if let end, isName(end) { break }
      if isMark("=") || token.kind == .blockEnd { break }
      targets.append(try parseSingleTarget(allowsMembers: allowsMembers))
      guard skip(mark: ",") else { break }
      isTuple = true
    }
    guard let first = targets.first else { throw unexpected("a name to assign to") }
    return isTuple ? .tuple(targets) : first
  }

  private mutating func parseSingleTarget(allowsMembers: Bool) throws -> AssignmentTarget {
    if skip(mark: "(") {
      let target = try nested { try $0.parseTargetInParentheses() }
      return target
    }
    let line = line
    let name = try expectName()
    guard !["true", "false", "none", "True", "False", "None"].contains(name) else {
      throw malformed("Cannot assign to '\(name)'.", line: line)
    }
    guard allowsMembers, skip(mark: ".") else { return .name(name) }
    return .member(try expectName(), of: name)
  }

  private mutating func parseTargetInParentheses() throws -> AssignmentTarget {
    var targets: [AssignmentTarget] = []
    var isTuple = false
    while !isMark(")") {
      targets.append(try parseSingleTarget(allowsMembers: false))
      guard skip(mark: ",") else { break }
      isTuple = true
    }
    try expect(mark: ")")
    if !isTuple, let first = targets.first { return first }
    return .tuple(targets)
  }
}

extension AssignmentTarget {
  /// The names that are assigned to.
  fileprivate var names: [String] {
    switch self {
    case .name(let name): [name]
    case .member: []
    case .tuple(let targets): targets.flatMap(\.names)
    }
  }
}

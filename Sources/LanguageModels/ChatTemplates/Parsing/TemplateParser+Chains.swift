/// What follows a value: attributes, items, calls, filters and tests.
extension TemplateParser {
  /// Parses attributes, items and calls.
  mutating func parsePostfix() throws -> [TemplateOperation] {
    var operations: [TemplateOperation] = []
    while true {
      let line = line
      if skip(mark: ".") {
        switch token.kind {
        case .name(let name): operations.append(.init(kind: .attribute(name), line: line))
        case .integer(let place): operations.append(.init(kind: .item(.integer(place)), line: line))
        default: throw unexpected("a name or a number after '.'")
        }
        take()
      } else if skip(mark: "[") {
        operations.append(.init(kind: try nested { try $0.parseSubscript() }, line: line))
      } else if isMark("(") {
        operations.append(.init(kind: .call(try parseArguments()), line: line))
      } else {
        return operations
      }
    }
  }

  /// Parses filters, tests and calls of what they give.
  mutating func parseFiltersAndTests() throws -> [TemplateOperation] {
    var operations: [TemplateOperation] = []
    while true {
      let line = line
      if isMark("|") {
        operations += try parseFilters()
      } else if skip(name: "is") {
        operations.append(.init(kind: try nested { try $0.parseTest() }, line: line))
      } else if isMark("(") {
        operations.append(.init(kind: .call(try parseArguments()), line: line))
      } else {
        return operations
      }
    }
  }

  /// Parses filters, each after its bar.
  mutating func parseFilters() throws -> [TemplateOperation] {
    var filters: [TemplateOperation] = []
    while skip(mark: "|") { filters.append(try parseFilter()) }
    return filters
  }

  /// Parses a filter's name and arguments.
  mutating func parseFilter() throws -> TemplateOperation {
    let line = line
    let name = try parseDottedName()
    if !mayNameUnknown, !TemplateFilters.names.contains(name) {
      throw TemplateFilters.unknown(name, line: line)
    }
    let arguments = isMark("(") ? try parseArguments() : TemplateArguments()
    return .init(kind: .filter(name, arguments), line: line)
  }

  private mutating func parseTest() throws -> TemplateOperation.Kind {
    let line = line
    let negated = skip(name: "not")
    let name = try parseDottedName()
    if !mayNameUnknown, !TemplateTests.names.contains(name) {
      throw TemplateTests.unknown(name, line: line)
    }
    var arguments = TemplateArguments()
    if isMark("(") {
      arguments = try parseArguments()
    } else if startsOperand {
      if isName("is") { throw malformed("Tests cannot follow one another with 'is'.") }
      let operand = try parsePrimary()
      let operations = try parsePostfix()
      arguments.positional = [operations.isEmpty ? operand : .chain(operand, operations)]
    }
    return .test(name, arguments, negated: negated)
  }

  /// Whether the present token can start the operand of a test.
  private var startsOperand: Bool {
    switch token.kind {
    case .name(let name): !["else", "or", "and"].contains(name)
    case .string, .integer, .double, .mark("["), .mark("{"): true
    default: false
    }
  }

  private mutating func parseDottedName() throws -> String {
    var name = try expectName()
    while skip(mark: ".") { name += "." + (try expectName()) }
    return name
  }

  private mutating func parseSubscript() throws -> TemplateOperation.Kind {
    var items: [TemplateOperation.Kind] = []
    while !isMark("]") {
      if !items.isEmpty { try expect(mark: ",") }
      items.append(try parseSubscriptItem())
    }
    try expect(mark: "]")
    if items.count == 1, let item = items.first { return item }
    let indexes = items.compactMap { if case .item(let index) = $0 { index } else { nil } }
    guard indexes.count == items.count else { throw unsupported("A subscript of several slices") }
    return .item(.tuple(indexes))
  }

  private mutating func parseSubscriptItem() throws -> TemplateOperation.Kind {
    var start: TemplateExpression?
    if !isMark(":") {
      let index = try parseExpression()
      guard isMark(":") else { return .item(index) }
      start = index
    }
    take()
    let stop = try parseBound()
    let step = skip(mark: ":") ? try parseBound() : nil
    return .slice(start, stop, step)
  }

  /// Parses one bound of a slice, if it is given.
  private mutating func parseBound() throws -> TemplateExpression? {
    isMark(":") || isMark("]") || isMark(",") ? nil : try parseExpression()
  }

  /// Parses a call's arguments with their parentheses.
  mutating func parseArguments() throws -> TemplateArguments {
    try nested { try $0.parseArgumentList() }
  }

  private mutating func parseArgumentList() throws -> TemplateArguments {
    var arguments = TemplateArguments()
    var isFirst = true
    try expect(mark: "(")
    while !isMark(")") {
      if !isFirst {
        try expect(mark: ",")
        if isMark(")") { break }
      }
      isFirst = false
      if skip(mark: "**") {
        guard arguments.namedSpread == nil else { throw malformed("Two '**' in one call.") }
        arguments.namedSpread = try parseExpression()
      } else if skip(mark: "*") {
        guard arguments.spread == nil, arguments.namedSpread == nil else {
          throw malformed("'*' is out of place in this call.")
        }
        arguments.spread = try parseExpression()
      } else if case .name(let name) = token.kind, following.kind == .mark("=") {
        guard arguments.namedSpread == nil else {
          throw malformed("A named argument follows '**'.")
        }
        take()
        take()
        arguments.named.append(.init(name: name, value: try parseExpression()))
      } else {
        guard arguments.spread == nil, arguments.namedSpread == nil, arguments.named.isEmpty else {
          throw malformed("An argument without a name follows one with a name.")
        }
        arguments.positional.append(try parseExpression())
      }
    }
    try expect(mark: ")")
    let names = arguments.named.map(\.name)
    guard Set(names).count == names.count else {
      throw malformed("A named argument is given twice.")
    }
    return arguments
  }
}

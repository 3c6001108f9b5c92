/// Expressions, from the loosest binding to the tightest.
extension TemplateParser {
  /// Parses an expression, or several with commas between as a tuple.
  mutating func parseTuple(
    allowsConditional: Bool = true,
    inParentheses: Bool = false,
    until end: String? = nil
  ) throws -> TemplateExpression {
    var values: [TemplateExpression] = []
    var isTuple = false
    while true {
      if token.kind == .variableEnd || token.kind == .blockEnd || isMark(")") { break }
      if let end, isName(end) { break }
      values.append(allowsConditional ? try parseExpression() : try nested { try $0.parseOr() })
      guard skip(mark: ",") else { break }
      isTuple = true
    }
    if !isTuple, let first = values.first { return first }
    guard isTuple || inParentheses else { throw unexpected("an expression") }
    return .tuple(values)
  }

  /// Parses one expression.
  mutating func parseExpression() throws -> TemplateExpression {
    try nested { try $0.parseConditionalExpression() }
  }

  private mutating func parseConditionalExpression() throws -> TemplateExpression {
    var value = try parseOr()
    var rounds = 0
    while isName("if") {
      take()
      // `a if b if c` nests to the left, which the count of levels does not see.
      rounds += 1
      guard rounds <= 8 else { throw unsupported("A row of more than eight 'if'") }
      let test = try parseOr()
      let other = skip(name: "else") ? try parseExpression() : nil
      value = .conditional(test: test, value: value, other: other)
    }
    return value
  }

  mutating func parseOr() throws -> TemplateExpression {
    let first = try parseAnd()
    guard isName("or") else { return first }
    var terms = [first]
    while skip(name: "or") { terms.append(try parseAnd()) }
    return .or(terms)
  }

  private mutating func parseAnd() throws -> TemplateExpression {
    let first = try parseNot()
    guard isName("and") else { return first }
    var terms = [first]
    while skip(name: "and") { terms.append(try parseNot()) }
    return .and(terms)
  }

  private mutating func parseNot() throws -> TemplateExpression {
    guard skip(name: "not") else { return try parseComparison() }
    return .not(try nested { try $0.parseNot() })
  }

  private mutating func parseComparison() throws -> TemplateExpression {
    let first = try parseSum()
    var comparisons: [TemplateExpression.Comparison] = []
    while let relation = takeRelation() {
      let line = line
      comparisons.append(.init(operation: relation, operand: try parseSum(), line: line))
    }
    return comparisons.isEmpty ? first : .comparison(first, comparisons)
  }

  private mutating func takeRelation() -> TemplateExpression.Relation? {
    switch token.kind {
    case .mark(let mark):
      guard let relation = TemplateExpression.Relation(rawValue: mark) else { return nil }
      take()
      return relation
    case .name("in"):
      take()
      return .isIn
    case .name("not") where following.kind == .name("in"):
      take()
      take()
      return .isNotIn
    default: return nil
    }
  }

  private mutating func parseSum() throws -> TemplateExpression {
    try parseSteps(of: [.add, .subtract]) { try $0.parseJoined() }
  }

  private mutating func parseJoined() throws -> TemplateExpression {
    let first = try parseProduct()
    guard isMark("~") else { return first }
    var parts = [first]
    while skip(mark: "~") { parts.append(try parseProduct()) }
    return .joined(parts)
  }

  private mutating func parseProduct() throws -> TemplateExpression {
    try parseSteps(of: [.multiply, .divide, .divideDown, .remainder]) { try $0.parsePower() }
  }

  private mutating func parsePower() throws -> TemplateExpression {
    try parseSteps(of: [.power]) { try $0.parseSigned(withFilters: true) }
  }

  private mutating func parseSteps(
    of operations: [PythonArithmetic],
    operand: (inout Self) throws -> TemplateExpression
  ) throws -> TemplateExpression {
    let first = try operand(&self)
    var steps: [TemplateExpression.Step] = []
    while case .mark(let mark) = token.kind,
      let operation = PythonArithmetic(rawValue: mark), operations.contains(operation)
    {
      let line = take().line
      steps.append(.init(operation: operation, operand: try operand(&self), line: line))
    }
    return steps.isEmpty ? first : .arithmetic(first, steps)
  }

  private mutating func parseSigned(withFilters: Bool) throws -> TemplateExpression {
    let line = line
    var value: TemplateExpression
    if skip(mark: "-") {
      value = .negative(try nested { try $0.parseSigned(withFilters: false) }, line: line)
    } else if skip(mark: "+") {
      value = .positive(try nested { try $0.parseSigned(withFilters: false) }, line: line)
    } else {
      value = try parsePrimary()
    }
    var operations = try parsePostfix()
    if withFilters { operations += try parseFiltersAndTests() }
    if !operations.isEmpty { value = .chain(value, operations) }
    return value
  }

  mutating func parsePrimary() throws -> TemplateExpression {
    let token = token
    switch token.kind {
    case .name(let name):
      take()
      switch name {
      case "true", "True": return .bool(true)
      case "false", "False": return .bool(false)
      case "none", "None": return .none
      default:
        if !macroNames.isEmpty { macroNames[macroNames.count - 1].insert(name) }
        return .name(name, line: token.line)
      }
    case .string(var text):
      take()
      while case .string(let more) = self.token.kind {
        text += more
        take()
      }
      return .string(text)
    case .integer(let number):
      take()
      return .integer(number)
    case .double(let number):
      take()
      return .double(number)
    case .mark("("):
      take()
      let value = try nested { try $0.parseTuple(inParentheses: true) }
      try expect(mark: ")")
      return value
    case .mark("["):
      take()
      return .list(try parseItems(until: "]") { try $0.parseExpression() })
    case .mark("{"):
      take()
      return .dictionary(
        try parseItems(until: "}") { parser in
          let key = try parser.parseExpression()
          try parser.expect(mark: ":")
          return .init(key: key, value: try parser.parseExpression())
        }
      )
    default:
      throw malformed("Unexpected '\(token.text)'.", line: token.line)
    }
  }

  private mutating func parseItems<Item>(
    until end: String,
    item: (inout Self) throws -> Item
  ) throws -> [Item] {
    var items: [Item] = []
    while !isMark(end) {
      if !items.isEmpty { try expect(mark: ",") }
      if isMark(end) { break }
      items.append(try item(&self))
    }
    try expect(mark: end)
    return items
  }
}

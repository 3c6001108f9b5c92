/// What each expression gives.
extension TemplateInterpreter {
  /// The value of an expression. The call that ends it gets the macro of a call block as `caller`.
  func evaluate(
    _ expression: TemplateExpression,
    _ scope: TemplateScope,
    caller: PythonValue? = nil
  ) throws -> PythonValue {
    try budget.enter()
    defer { budget.leave() }
    try budget.spend()
    switch expression {
    case .none: return .none
    case .bool(let flag): return .bool(flag)
    case .integer(let number): return .int(number)
    case .double(let number): return .double(number)
    case .string(let text): return .string(text)
    case .name(let name, let line):
      self.line = line
      return scope.value(of: name) ?? .undefined("'\(name)' is undefined.")
    case .chain(let base, let operations):
      return try chain(base, operations, scope, caller: caller)
    case .not(let operand): return .bool(!(try evaluate(operand, scope).isTrue))
    case .and(let terms): return try firstTerm(terms, scope) { !$0.isTrue }
    case .or(let terms): return try firstTerm(terms, scope) { $0.isTrue }
    case .comparison(let first, let comparisons): return try compare(first, comparisons, scope)
    case .conditional(let test, let value, let other):
      if try evaluate(test, scope).isTrue { return try evaluate(value, scope) }
      guard let other else { return .undefined("An 'if' without 'else' has no value here.") }
      return try evaluate(other, scope)
    case .arithmetic(let first, let steps): return try calculate(first, steps, scope)
    case .joined(let parts): return try join(parts, scope)
    default: return try evaluateRest(expression, scope)
    }
  }

  /// The value of an expression of a rarer kind.
  private func evaluateRest(
    _ expression: TemplateExpression,
    _ scope: TemplateScope
  ) throws -> PythonValue {
    switch expression {
    case .list(let items): return try .list(items.map { try evaluate($0, scope) })
    case .tuple(let items): return try .tuple(items.map { try evaluate($0, scope) })
    case .dictionary(let pairs):
      var dictionary = PythonDictionary()
      for pair in pairs {
        try dictionary.set(evaluate(pair.key, scope), to: evaluate(pair.value, scope))
      }
      return .dictionary(dictionary)
    case .negative(let operand, let line):
      let value = try evaluate(operand, scope)
      self.line = line
      if case .double(let number) = value { return .double(-number) }
      return try PythonArithmetic.subtract(.int(0), signed(value), budget)
    case .positive(let operand, let line):
      let value = try evaluate(operand, scope)
      self.line = line
      return try signed(value)
    default: return .none
    }
  }

  /// A number as what a sign stands before.
  private func signed(_ value: PythonValue) throws -> PythonValue {
    if case .undefined(let reason) = value { throw PythonError(reason) }
    if case .double = value { return value }
    guard let number = value.wholeNumber else {
      throw PythonError("A \(value.typeName) takes no sign.")
    }
    return .int(number)
  }

  /// The first term that decides, else the last.
  private func firstTerm(
    _ terms: [TemplateExpression],
    _ scope: TemplateScope,
    decides: (PythonValue) -> Bool
  ) throws -> PythonValue {
    var value = PythonValue.none
    for term in terms {
      value = try evaluate(term, scope)
      if decides(value) { break }
    }
    return value
  }

  private func compare(
    _ first: TemplateExpression,
    _ comparisons: [TemplateExpression.Comparison],
    _ scope: TemplateScope
  ) throws -> PythonValue {
    var left = try evaluate(first, scope)
    for comparison in comparisons {
      let right = try evaluate(comparison.operand, scope)
      line = comparison.line
      guard try holds(comparison.operation, left, right) else { return .bool(false) }
      left = right
    }
    return .bool(true)
  }

  /// Whether a comparison holds.
  func holds(
    _ relation: TemplateExpression.Relation,
    _ left: PythonValue,
    _ right: PythonValue
  ) throws -> Bool {
    switch relation {
    case .equal: try left.equals(right, budget)
    case .notEqual: !(try left.equals(right, budget))
    case .less: try left.precedes(right, orEquals: false, budget)
    case .lessOrEqual: try left.precedes(right, orEquals: true, budget)
    case .greater: try right.precedes(left, orEquals: false, budget)
    case .greaterOrEqual: try right.precedes(left, orEquals: true, budget)
    case .isIn: try right.contains(left, budget)
    case .isNotIn: !(try right.contains(left, budget))
    }
  }

  private func calculate(
    _ first: TemplateExpression,
    _ steps: [TemplateExpression.Step],
    _ scope: TemplateScope
  ) throws -> PythonValue {
    var value = try evaluate(first, scope)
    for step in steps {
      let operand = try evaluate(step.operand, scope)
      line = step.line
      value = try step.operation(value, operand, budget)
    }
    return value
  }

  private func join(_ parts: [TemplateExpression], _ scope: TemplateScope) throws -> PythonValue {
    var writer = PythonTextWriter(budget)
    for part in parts { try writer.appendText(of: evaluate(part, scope)) }
    return .string(writer.text)
  }
}

/// Attributes, items, calls, filters and tests.
extension TemplateInterpreter {
  /// The value of a chain.
  func chain(
    _ base: TemplateExpression,
    _ operations: [TemplateOperation],
    _ scope: TemplateScope,
    caller: PythonValue?
  ) throws -> PythonValue {
    var value = try evaluate(base, scope)
    for (index, operation) in operations.enumerated() {
      let caller = index == operations.count - 1 ? caller : nil
      value = try apply(operation, to: value, scope, caller: caller)
    }
    return value
  }

  /// The value after filters.
  func apply(
    _ operations: [TemplateOperation],
    to value: PythonValue,
    _ scope: TemplateScope
  ) throws -> PythonValue {
    var value = value
    for operation in operations { value = try apply(operation, to: value, scope, caller: nil) }
    return value
  }

  private func apply(
    _ operation: TemplateOperation,
    to value: PythonValue,
    _ scope: TemplateScope,
    caller: PythonValue?
  ) throws -> PythonValue {
    try budget.spend()
    switch operation.kind {
    case .attribute(let name):
      line = operation.line
      return try value.attribute(name)
    case .item(let index):
      let index = try evaluate(index, scope)
      line = operation.line
      return try value.item(index, budget)
    case .slice(let start, let stop, let step):
      let start = try start.map { try evaluate($0, scope) } ?? .none
      let stop = try stop.map { try evaluate($0, scope) } ?? .none
      let step = try step.map { try evaluate($0, scope) } ?? .none
      line = operation.line
      return try value.slice(start, stop, step, budget)
    case .call(let arguments):
      var call = try evaluate(arguments, scope)
      if let caller { call.named.append(("caller", caller)) }
      line = operation.line
      return try self.call(value, call)
    case .filter(let name, let arguments):
      let call = try evaluate(arguments, scope)
      line = operation.line
      return try TemplateFilters.apply(name, to: value, call, self)
    case .test(let name, let arguments, let negated):
      let call = try evaluate(arguments, scope)
      line = operation.line
      return .bool(try TemplateTests.holds(name, value, call, self) != negated)
    }
  }

  private func evaluate(
    _ arguments: TemplateArguments,
    _ scope: TemplateScope
  ) throws -> PythonCall {
    var call = PythonCall()
    for argument in arguments.positional { call.positional.append(try evaluate(argument, scope)) }
    for argument in arguments.named {
      call.named.append((argument.name, try evaluate(argument.value, scope)))
    }
    if let spread = arguments.spread {
      call.positional += try evaluate(spread, scope).items(budget)
    }
    if let spread = arguments.namedSpread {
      guard case .dictionary(let dictionary) = try evaluate(spread, scope) else {
        throw PythonError("'**' needs a dictionary.")
      }
      for entry in dictionary.entries {
        guard let name = entry.key.stringText, !call.named.contains(where: { $0.name == name })
        else { throw PythonError("'**' needs names that are not given otherwise.") }
        call.named.append((name, entry.value))
      }
    }
    return call
  }
}

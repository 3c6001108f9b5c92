/// What each statement does.
extension TemplateInterpreter {
  /// Carries out statements in order.
  func execute(
    _ statements: [TemplateStatement],
    _ scope: TemplateScope,
    _ output: inout PythonTextWriter
  ) throws -> Flow {
    try budget.enter()
    defer { budget.leave() }
    for statement in statements {
      let flow = try execute(statement, scope, &output)
      if flow != .goesOn { return flow }
    }
    return .goesOn
  }

  private func execute(
    _ statement: TemplateStatement,
    _ scope: TemplateScope,
    _ output: inout PythonTextWriter
  ) throws -> Flow {
    try budget.spend()
    switch statement {
    case .text(let text):
      try output.append(text)
    case .output(let values, let line):
      self.line = line
      for value in values { try output.appendText(of: evaluate(value, scope)) }
    case .conditional(let branches, let otherwise):
      for branch in branches where try evaluate(branch.test, scope).isTrue {
        return try execute(branch.body, scope, &output)
      }
      return try execute(otherwise, scope, &output)
    case .loop(let loop):
      self.line = loop.line
      let values = try evaluate(loop.values, scope)
      try execute(loop, over: values, scope, level: 0, &output)
    case .leaveLoop: return .leavesLoop
    case .nextRound: return .nextRound
    case .assign(let target, let value, let line):
      self.line = line
      try assign(evaluate(value, scope), to: target, scope)
    default: return try executeBlock(statement, scope, &output)
    }
    return .goesOn
  }

  /// Carries out the statements that open a scope of their own.
  private func executeBlock(
    _ statement: TemplateStatement,
    _ scope: TemplateScope,
    _ output: inout PythonTextWriter
  ) throws -> Flow {
    switch statement {
    case .macro(let definition):
      scope.set(definition.name, to: try makeMacro(definition, scope: scope))
    case .assignBlock(let target, let filters, let body, let line):
      var block = PythonTextWriter(budget)
      let flow = try execute(body, TemplateScope(parent: scope), &block)
      guard flow == .goesOn else { return flow }
      self.line = line
      try assign(try apply(filters, to: .string(block.text), scope), to: target, scope)
    case .filterBlock(let filters, let body):
      var block = PythonTextWriter(budget)
      let flow = try execute(body, TemplateScope(parent: scope), &block)
      guard flow == .goesOn else { return flow }
      let result = try apply(filters, to: .string(block.text), scope)
      guard let text = result.stringText else {
        throw PythonError("A filter block must give a string, not a \(result.typeName).")
      }
      try output.append(text)
    case .callBlock(let definition, let call, let line):
      self.line = line
      let caller = try makeMacro(definition, scope: scope)
      try output.appendText(of: try evaluate(call, scope, caller: caller))
    case .with(let targets, let values, let body, let line):
      self.line = line
      let inner = TemplateScope(parent: scope)
      let evaluated = try values.map { try evaluate($0, scope) }
      for (target, value) in zip(targets, evaluated) { try assign(value, to: target, inner) }
      return try execute(body, inner, &output)
    case .generation(let body):
      try output.append(try text(of: body, TemplateScope(parent: scope)))
    default: break
    }
    return .goesOn
  }

  /// Assigns a value to a name, a namespace's member or several of them.
  private func assign(
    _ value: PythonValue,
    to target: AssignmentTarget,
    _ scope: TemplateScope
  ) throws {
    try budget.spend()
    switch target {
    case .name(let name): scope.set(name, to: value)
    case .member(let member, let name):
      guard case .namespace(let namespace)? = scope.value(of: name) else {
        throw PythonError("'\(name)' is no namespace, so that '\(member)' cannot be assigned.")
      }
      try namespace.set(member, to: value)
    case .tuple(let targets):
      let items = try value.items(budget)
      guard items.count == targets.count else {
        throw PythonError("\(items.count) values cannot be assigned to \(targets.count) names.")
      }
      for (target, item) in zip(targets, items) { try assign(item, to: target, scope) }
    }
  }

  /// Runs a loop over values.
  func execute(
    _ loop: TemplateStatement.Loop,
    over values: PythonValue,
    _ scope: TemplateScope,
    level: Int,
    _ output: inout PythonTextWriter
  ) throws {
    var items = try values.items(budget)
    if let test = loop.test {
      items = try items.filter { item in
        let inner = TemplateScope(parent: scope)
        try assign(item, to: loop.target, inner)
        return try evaluate(test, inner).isTrue
      }
    }
    let state = TemplateLoop(
      try PythonList(items),
      level: level,
      recursive: loop.isRecursive ? (loop, scope) : nil
    )
    var hasFinishedRound = false
    for (index, item) in items.enumerated() {
      try budget.spend()
      state.index = index
      // Each round has names of its own, so that what it assigns ends with it.
      let inner = TemplateScope(parent: scope)
      try assign(item, to: loop.target, inner)
      inner.set("loop", to: .loop(state))
      let flow = try execute(loop.body, inner, &output)
      if flow == .goesOn { hasFinishedRound = true }
      if flow == .leavesLoop { break }
    }
    // Jinja takes a loop whose rounds were all cut short for one without rounds.
    if !hasFinishedRound {
      _ = try execute(loop.otherwise, TemplateScope(parent: scope), &output)
    }
  }
}

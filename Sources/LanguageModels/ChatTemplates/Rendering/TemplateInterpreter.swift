/// Renders the statements of a template.
///
/// One interpreter renders once. It counts its steps and levels, so that it ends whatever the
/// template says.
final class TemplateInterpreter {
  /// What a loop does after a statement.
  enum Flow {
    case goesOn
    case leavesLoop
    case nextRound
  }

  let budget: RenderBudget
  let clock: TemplateClock
  /// The line that is rendered, for errors.
  var line = 1
  private var namespaces: [PythonNamespace] = []
  private var captured: [TemplateScope] = []

  init(limits: ChatTemplateLimits, clock: TemplateClock) {
    budget = RenderBudget(limits)
    self.clock = clock
  }

  /// The text that statements make of variables.
  func render(
    _ statements: [TemplateStatement],
    variables: [(name: String, value: PythonValue)]
  ) throws -> String {
    defer { letGo() }
    let globals = TemplateScope(parent: nil)
    for function in TemplateFunction.allCases {
      globals.set(function.rawValue, to: .function(function))
    }
    let context = TemplateScope(parent: globals)
    for variable in variables { context.set(variable.name, to: variable.value) }
    var output = PythonTextWriter(budget)
    _ = try execute(statements, TemplateScope(parent: context), &output)
    return output.text
  }

  /// Namespaces and macros can hold one another in rings, which would never be freed.
  private func letGo() {
    for namespace in namespaces { namespace.clear() }
    for scope in captured { scope.clear() }
    namespaces = []
    captured = []
  }

  /// A new namespace.
  func makeNamespace() throws -> PythonNamespace {
    try budget.spend(8)
    let namespace = PythonNamespace()
    namespaces.append(namespace)
    return namespace
  }

  /// A macro that sees the names of a scope.
  func makeMacro(_ definition: MacroDefinition, scope: TemplateScope) throws -> PythonValue {
    try budget.spend(8)
    captured.append(scope)
    return .macro(TemplateMacro(definition, scope: scope))
  }

  /// The text that statements write, apart from the output.
  func text(of statements: [TemplateStatement], _ scope: TemplateScope) throws -> String {
    var output = PythonTextWriter(budget)
    _ = try execute(statements, scope, &output)
    return output.text
  }
}

/// The tests: `value is name(arguments)`.
enum TemplateTests {
  private static let relations: [String: TemplateExpression.Relation] = [
    "==": .equal, "eq": .equal, "equalto": .equal, "!=": .notEqual, "ne": .notEqual,
    ">": .greater, "gt": .greater, "greaterthan": .greater, ">=": .greaterOrEqual,
    "ge": .greaterOrEqual, "<": .less, "lt": .less, "lessthan": .less, "<=": .lessOrEqual,
    "le": .lessOrEqual, "in": .isIn,
  ]

  /// The tests that are known here: all of Jinja's.
  static let names: Set<String> = Set(relations.keys).union([
    "boolean", "callable", "defined", "divisibleby", "escaped", "even", "false", "filter", "float",
    "integer", "iterable", "lower", "mapping", "none", "number", "odd", "sameas", "sequence",
    "string", "test", "true", "undefined", "upper",
  ])

  /// The error for a test that is not known here.
  static func unknown(_ name: String, line: Int?) -> ChatTemplateError {
    ChatTemplateError(.malformedTemplate, "There is no test '\(name)'.", line: line)
  }

  /// Whether a test holds for a value.
  static func holds(
    _ name: String,
    _ value: PythonValue,
    _ call: PythonCall,
    _ interpreter: TemplateInterpreter
  ) throws -> Bool {
    let budget = interpreter.budget
    if let relation = relations[name] {
      guard let other = try call.bound(to: ["other"], of: name)[0] else {
        throw PythonError("The test '\(name)' needs a value.")
      }
      return try interpreter.holds(relation, value, other)
    }
    switch name {
    case "divisibleby", "even", "odd":
      let takesNumber = name == "divisibleby"
      let given = try call.bound(to: takesNumber ? ["num"] : [], of: name)
      let divisor = takesNumber ? given[0] : .int(2)
      guard let divisor else { throw PythonError("The test 'divisibleby' needs a number.") }
      guard value.stringText == nil else { throw PythonError("'\(name)' needs a number.") }
      let remainder = try PythonArithmetic.remainder(value, divisor, budget)
      return try remainder.equals(.int(name == "odd" ? 1 : 0), budget)
    case "sameas":
      guard let other = try call.bound(to: ["other"], of: name)[0] else {
        throw PythonError("The test 'sameas' needs a value.")
      }
      return try value.isSame(as: other, budget)
    default: break
    }
    _ = try call.bound(to: [], of: "The test '\(name)'")
    switch name {
    case "defined": return !value.isUndefined
    case "undefined": return value.isUndefined
    case "lower", "upper":
      let text = try value.text(budget)
      try budget.spend(bytes: text.utf8.count)
      return PythonText.isCased(text, upper: name == "upper")
    case "filter": return value.stringText.map { TemplateFilters.names.contains($0) } ?? false
    case "test": return value.stringText.map { names.contains($0) } ?? false
    default: return try isOfKind(name, value)
    }
  }

  private static func isOfKind(_ name: String, _ value: PythonValue) throws -> Bool {
    switch (name, value) {
    case ("none", .none), ("boolean", .bool), ("true", .bool(true)), ("false", .bool(false)),
      ("integer", .int), ("float", .double), ("number", .int), ("number", .double),
      ("number", .bool), ("string", .string), ("string", .markup), ("mapping", .dictionary),
      ("escaped", .markup), ("callable", .macro), ("callable", .function), ("callable", .method),
      ("callable", .undefined), ("callable", .loop), ("sequence", .string), ("sequence", .markup),
      ("sequence", .list), ("sequence", .tuple), ("sequence", .dictionary), ("sequence", .range),
      ("sequence", .undefined):
      return true
    case ("iterable", _): return value.isIterable
    case ("none", _), ("boolean", _), ("true", _), ("false", _), ("integer", _), ("float", _),
      ("number", _), ("string", _), ("mapping", _), ("escaped", _), ("callable", _),
      ("sequence", _):
      return false
    default: throw PythonError(.malformedTemplate, "There is no test '\(name)'.")
    }
  }
}

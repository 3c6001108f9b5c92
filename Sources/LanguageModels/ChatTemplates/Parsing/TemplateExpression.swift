/// An expression of a template.
///
/// Chains such as `a.b.c` or `a + b + c` are kept as lists, not as nested nodes, so that a template
/// cannot nest deeper than the parser allows.
indirect enum TemplateExpression: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case name(String, line: Int)
  case list([TemplateExpression])
  case tuple([TemplateExpression])
  case dictionary([Pair])
  /// Attributes, items, calls, filters and tests, applied one after another.
  case chain(TemplateExpression, [TemplateOperation])
  case negative(TemplateExpression, line: Int)
  case positive(TemplateExpression, line: Int)
  case not(TemplateExpression)
  case and([TemplateExpression])
  case or([TemplateExpression])
  /// Operators of one rank, from left to right.
  case arithmetic(TemplateExpression, [Step])
  case comparison(TemplateExpression, [Comparison])
  /// `a ~ b ~ c`.
  case joined([TemplateExpression])
  /// `value if test else other`.
  case conditional(
    test: TemplateExpression,
    value: TemplateExpression,
    other: TemplateExpression?
  )

  /// A key and its value.
  struct Pair: Sendable {
    var key: TemplateExpression
    var value: TemplateExpression
  }

  /// An operator with what stands to its right.
  struct Step: Sendable {
    var operation: PythonArithmetic
    var operand: TemplateExpression
    var line: Int
  }

  /// A comparison with what stands to its right.
  struct Comparison: Sendable {
    var operation: Relation
    var operand: TemplateExpression
    var line: Int
  }

  /// How two values are compared.
  enum Relation: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
    case isIn = "in"
    case isNotIn = "not in"
  }
}

/// What is applied to a value in a chain.
struct TemplateOperation: Sendable {
  enum Kind: Sendable {
    /// `.name`
    case attribute(String)
    /// `[index]`
    case item(TemplateExpression)
    /// `[start:stop:step]`
    case slice(TemplateExpression?, TemplateExpression?, TemplateExpression?)
    /// `(…)`
    case call(TemplateArguments)
    /// `| name(…)`
    case filter(String, TemplateArguments)
    /// `is name(…)` or `is not name(…)`
    case test(String, TemplateArguments, negated: Bool)
  }

  var kind: Kind
  var line: Int
}

/// What stands between the parentheses of a call.
struct TemplateArguments: Sendable {
  /// An argument with a name.
  struct Named: Sendable {
    var name: String
    var value: TemplateExpression
  }

  var positional: [TemplateExpression] = []
  var named: [Named] = []
  /// `*values`
  var spread: TemplateExpression?
  /// `**values`
  var namedSpread: TemplateExpression?
}

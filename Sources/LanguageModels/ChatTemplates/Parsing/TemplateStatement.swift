/// A statement of a template.
indirect enum TemplateStatement: Sendable {
  case text(String)
  case output([TemplateExpression], line: Int)
  case conditional([Branch], otherwise: [TemplateStatement])
  case loop(Loop)
  case assign(AssignmentTarget, TemplateExpression, line: Int)
  /// `{% set x | filter %}…{% endset %}`
  case assignBlock(AssignmentTarget, [TemplateOperation], [TemplateStatement], line: Int)
  case macro(MacroDefinition)
  /// `{% call(x) macro() %}…{% endcall %}`
  case callBlock(MacroDefinition, TemplateExpression, line: Int)
  /// `{% filter name %}…{% endfilter %}`
  case filterBlock([TemplateOperation], [TemplateStatement])
  /// `{% with a = 1 %}…{% endwith %}`
  case with([AssignmentTarget], [TemplateExpression], [TemplateStatement], line: Int)
  /// `{% generation %}…{% endgeneration %}`
  case generation([TemplateStatement])
  case leaveLoop
  case nextRound

  /// A condition and what it guards.
  struct Branch: Sendable {
    var test: TemplateExpression
    var body: [TemplateStatement]
  }

  /// `{% for %}`.
  struct Loop: Sendable {
    var target: AssignmentTarget
    var values: TemplateExpression
    var test: TemplateExpression?
    var isRecursive: Bool
    var body: [TemplateStatement]
    var otherwise: [TemplateStatement]
    var line: Int
  }
}

/// What values are assigned to.
indirect enum AssignmentTarget: Sendable {
  case name(String)
  /// `namespace.member`
  case member(String, of: String)
  case tuple([AssignmentTarget])
}

/// A macro as it is written.
final class MacroDefinition: Sendable {
  let name: String
  let parameters: [String]
  /// What the last parameters are where no argument is given for them.
  let defaults: [TemplateExpression]
  let body: [TemplateStatement]
  /// Which of `varargs`, `kwargs` and `caller` the body speaks of.
  let special: Set<String>
  let line: Int

  init(
    name: String,
    parameters: [String],
    defaults: [TemplateExpression],
    body: [TemplateStatement],
    special: Set<String>,
    line: Int
  ) {
    self.name = name
    self.parameters = parameters
    self.defaults = defaults
    self.body = body
    self.special = special
    self.line = line
  }
}

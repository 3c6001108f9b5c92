/// A macro with the names that it sees.
final class TemplateMacro {
  let definition: MacroDefinition
  let scope: TemplateScope

  init(_ definition: MacroDefinition, scope: TemplateScope) {
    self.definition = definition
    self.scope = scope
  }
}

/// The names that a part of a template can see.
final class TemplateScope {
  private let parent: TemplateScope?
  private var values: [String: PythonValue] = [:]

  init(parent: TemplateScope?) { self.parent = parent }

  /// The value of a name here or further out.
  func value(of name: String) -> PythonValue? {
    var scope: TemplateScope? = self
    while let here = scope {
      if let value = here.values[name] { return value }
      scope = here.parent
    }
    return nil
  }

  func set(_ name: String, to value: PythonValue) { values[name] = value }

  /// Lets go of all values, so that macros that see themselves can be freed.
  func clear() { values = [:] }
}

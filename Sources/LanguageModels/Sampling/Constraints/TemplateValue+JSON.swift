extension TemplateValue {
  /// The value as JSON on one line, or nil where it holds a number that is infinite or none.
  var json: String? {
    let budget = RenderBudget(ChatTemplateLimits())
    guard isFinite, let value = try? PythonValue(self) else { return nil }
    return try? PythonJSONWriter.text(of: value, PythonJSONWriter.Options(), budget)
  }

  private var isFinite: Bool {
    switch self {
    case .double(let number): number.isFinite
    case .array(let values): values.allSatisfy(\.isFinite)
    case .object(let object): object.members.allSatisfy(\.value.isFinite)
    default: true
    }
  }
}

/// Filters of text; what is no text is written as text first.
extension TemplateFilters {
  static let textNames: Set<String> = [
    "capitalize", "center", "format", "indent", "lower", "replace", "title", "trim", "upper",
    "wordcount",
  ]

  static func applyText(
    _ name: String,
    to value: PythonValue,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    let text = try value.text(budget)
    try budget.spend(bytes: text.utf8.count)
    let result: String
    switch name {
    case "lower": result = PythonText.lowercased(text)
    case "upper": result = PythonText.uppercased(text)
    case "capitalize": result = PythonText.capitalized(text)
    case "title": result = PythonText.filterTitled(text)
    case "trim":
      let scalars = try call.bound(to: ["chars"], of: name)[0] ?? .none
      if case .none = scalars {
      } else if scalars.stringText == nil {
        throw PythonError("The filter 'trim' needs a string.")
      }
      result = PythonText.stripped(text, of: scalars.stringText, start: true, end: true)
    case "replace": result = try replaced(text, call, budget)
    case "center":
      let width = try call.bound(to: ["width"], of: name)[0] ?? .int(80)
      guard let width = width.wholeNumber else { throw PythonError("'center' needs a width.") }
      return .string(try PythonMethods.padded(text, width, " ", .center, budget))
    case "indent":
      guard value.stringText != nil else {
        throw PythonError("The filter 'indent' needs a string, not a \(value.typeName).")
      }
      result = try indented(text, call, budget)
    case "format":
      guard call.named.isEmpty else {
        throw PythonError.unsupported("The filter 'format' with named values")
      }
      return .string(try PythonFormat.percent(text, .tuple(call.positional), budget))
    case "wordcount":
      // Words are rows of letters, digits and underscores.
      var count = 0
      var inWord = false
      for scalar in text.unicodeScalars {
        if scalar.isWordPart, !inWord { count += 1 }
        inWord = scalar.isWordPart
      }
      return .int(count)
    default: throw PythonError.unsupported("The filter '\(name)'")
    }
    // Marked text would stay marked.
    if case .markup = value { return .markup(result) }
    return .string(result)
  }

  private static func replaced(
    _ text: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> String {
    let arguments = try call.bound(to: ["old", "new", "count"], of: "replace")
    guard let old = try arguments[0]?.text(budget), let new = try arguments[1]?.text(budget) else {
      throw PythonError("The filter 'replace' needs two strings.")
    }
    var limit = Int.max
    if let count = arguments[2]?.wholeNumber, count >= 0 { limit = count }
    return try PythonMethods.replaced(text, old, new, limit, budget)
  }

  private static func indented(
    _ text: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> String {
    let arguments = try call.bound(to: ["width", "first", "blank"], of: "indent")
    let indent: String
    switch arguments[0] ?? .int(4) {
    case .string(let text), .markup(let text): indent = text
    case let width:
      guard let width = width.wholeNumber else { throw PythonError("'indent' needs a width.") }
      try budget.spend(bytes: max(width, 0))
      indent = String(repeating: " ", count: max(width, 0))
    }
    let lines = PythonText.lines(text + "\n", keepingEnds: false)
    let indentedBytes = lines.count.multipliedReportingOverflow(by: indent.utf8.count)
    try budget.spend(bytes: indentedBytes.overflow ? .max : indentedBytes.partialValue)
    var result = arguments[1]?.isTrue == true ? indent : ""
    for (index, line) in lines.enumerated() {
      if index > 0 {
        result += "\n"
        if arguments[2]?.isTrue == true || !line.isEmpty { result += indent }
      }
      result += line
    }
    return result
  }
}

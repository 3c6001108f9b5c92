/// Filters of lists and of what else can be run through.
extension TemplateFilters {
  static let sequenceNames: Set<String> = [
    "batch", "dictsort", "first", "items", "join", "last", "list", "map", "max", "min", "reject",
    "rejectattr", "reverse", "select", "selectattr", "slice", "sort", "sum", "unique",
  ]

  static func applySequence(
    _ name: String,
    to value: PythonValue,
    _ call: PythonCall,
    _ interpreter: TemplateInterpreter
  ) throws -> PythonValue {
    let budget = interpreter.budget
    switch name {
    case "first":
      if case .iterator(let iterator) = value {
        return iterator.next() ?? .undefined("There is no first item.")
      }
      return try value.items(budget).first ?? .undefined("There is no first item.")
    case "last":
      if case .iterator = value { throw PythonError("An iterator cannot be read backwards.") }
      return try value.items(budget).last ?? .undefined("There is no last item.")
    case "list": return try .list(value.items(budget))
    case "items":
      if value.isUndefined { return try .iterator([]) }
      guard case .dictionary(let dictionary) = value else {
        throw PythonError("The filter 'items' needs a dictionary.")
      }
      return try .iterator(dictionary.pairs())
    case "join": return try joined(value, call, budget)
    case "map": return try mapped(value, call, interpreter)
    case "select", "reject", "selectattr", "rejectattr":
      return try selected(
        value,
        call,
        byAttribute: name.hasSuffix("attr"),
        keeps: name.hasPrefix("select"),
        interpreter
      )
    case "reverse":
      if let text = value.stringText {
        try budget.spend(bytes: text.utf8.count)
        return .string(String(scalars: text.unicodeScalars.reversed()))
      }
      return try .iterator(value.items(budget).reversed())
    case "sum":
      let arguments = try call.bound(to: ["attribute", "start"], of: name)
      var sum = arguments[1] ?? .int(0)
      let path = try AttributePath(arguments[0])
      if sum.stringText != nil { throw PythonError("Text cannot be summed up.") }
      for item in try value.items(budget) {
        sum = try PythonArithmetic.add(sum, path.value(of: item, budget), budget)
      }
      return sum
    case "sort", "dictsort", "unique", "min", "max":
      return try ordered(name, value, call, budget)
    default:
      return try divided(name, value, call, budget)
    }
  }

  private static func joined(
    _ value: PythonValue,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    let arguments = try call.bound(to: ["d", "attribute"], of: "join")
    let separator = try arguments[0]?.text(budget) ?? ""
    let path = try AttributePath(arguments[1])
    var writer = PythonTextWriter(budget)
    for (index, item) in try value.items(budget).enumerated() {
      if index > 0 { try writer.append(separator) }
      try writer.appendText(of: path.value(of: item, budget))
    }
    return .string(writer.text)
  }

  private static func mapped(
    _ value: PythonValue,
    _ call: PythonCall,
    _ interpreter: TemplateInterpreter
  ) throws -> PythonValue {
    let budget = interpreter.budget
    guard value.isTrue else { return try .iterator([]) }
    if call.positional.isEmpty, call.named.contains(where: { $0.name == "attribute" }) {
      let arguments = try call.bound(to: ["attribute", "default"], of: "map")
      var fallback = arguments[1]
      if case .some(.none) = fallback { fallback = nil }
      let path = try AttributePath(arguments[0], fallback: fallback)
      return try .iterator(value.items(budget).map { try path.value(of: $0, budget) })
    }
    guard let name = call.positional.first?.stringText else {
      throw PythonError("The filter 'map' needs the name of a filter or an attribute.")
    }
    let rest = PythonCall(positional: Array(call.positional.dropFirst()), named: call.named)
    return try .iterator(
      value.items(budget).map { try apply(name, to: $0, rest, interpreter) }
    )
  }

  private static func selected(
    _ value: PythonValue,
    _ call: PythonCall,
    byAttribute: Bool,
    keeps: Bool,
    _ interpreter: TemplateInterpreter
  ) throws -> PythonValue {
    guard value.isTrue else { return try .iterator([]) }
    var rest = call
    var path = try AttributePath(nil)
    if byAttribute {
      guard !rest.positional.isEmpty else { throw PythonError("An attribute's name is missing.") }
      path = try AttributePath(rest.positional.removeFirst())
    }
    var test: String?
    if !rest.positional.isEmpty {
      guard let name = rest.positional.removeFirst().stringText else {
        throw PythonError("The name of a test is missing.")
      }
      test = name
    }
    let items = try value.items(interpreter.budget).filter { item in
      let candidate = try path.value(of: item, interpreter.budget)
      let holds =
        try test.map { try TemplateTests.holds($0, candidate, rest, interpreter) }
        ?? candidate.isTrue
      return holds == keeps
    }
    return try .iterator(items)
  }

  /// `batch` and `slice`: rows of as many items, and as many rows.
  private static func divided(
    _ name: String,
    _ value: PythonValue,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    let arguments = try call.bound(
      to: [name == "batch" ? "linecount" : "slices", "fill_with"],
      of: name
    )
    guard let count = arguments[0]?.wholeNumber, count > 0 else {
      throw PythonError("The filter '\(name)' needs a number above zero.")
    }
    var fill = arguments[1]
    if case .some(.none) = fill { fill = nil }
    let items = try value.items(budget)
    try budget.spend(count)
    var rows: [PythonValue] = []
    if name == "batch" {
      for start in stride(from: 0, to: items.count, by: count) {
        var row = Array(items[start..<min(start + count, items.count)])
        if let fill { row += Array(repeating: fill, count: count - row.count) }
        rows.append(try .list(row))
      }
      return try .iterator(rows)
    }
    let (each, more) = items.count.quotientAndRemainder(dividingBy: count)
    var start = 0
    for index in 0..<count {
      let end = start + each + (index < more ? 1 : 0)
      var row = Array(items[start..<end])
      if let fill, index >= more { row.append(fill) }
      rows.append(try .list(row))
      start = end
    }
    return try .iterator(rows)
  }
}

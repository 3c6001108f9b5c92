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
        return try iterator.next() ?? .undefined("There is no first item.")
      }
      return try value.items(budget).first ?? .undefined("There is no first item.")
    case "last":
      if case .iterator = value { throw PythonError("An iterator cannot be read backwards.") }
      return try value.items(budget).last ?? .undefined("There is no last item.")
    case "list": return try .list(value.items(budget))
    case "items":
      return .iterator(
        try PythonIterator(from: value, budget) { value in
          if value.isUndefined { return [] }
          guard case .dictionary(let dictionary) = value else {
            throw PythonError("The filter 'items' needs a dictionary.")
          }
          return try dictionary.pairs()
        }
      )
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
      // What can only be run through forwards is read into a list first.
      if case .iterator = value { return try .list(value.items(budget).reversed()) }
      return try .iterator(value.items(budget).reversed(), budget)
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
    if call.positional.isEmpty, call.named.contains(where: { $0.name == "attribute" }) {
      let arguments = try call.bound(to: ["attribute", "default"], of: "map")
      var fallback = arguments[1]
      if case .some(.none) = fallback { fallback = nil }
      let path = try AttributePath(arguments[0], fallback: fallback)
      return .iterator(
        try PythonIterator(over: value, budget) { try path.value(of: $0, budget) }
      )
    }
    let name = call.positional.first?.stringText
    let rest = PythonCall(positional: Array(call.positional.dropFirst()), named: call.named)
    return .iterator(
      try PythonIterator(over: value, budget) { [unowned interpreter] item in
        guard let name else {
          throw PythonError("The filter 'map' needs the name of a filter or an attribute.")
        }
        return try apply(name, to: item, rest, interpreter)
      }
    )
  }

  private static func selected(
    _ value: PythonValue,
    _ call: PythonCall,
    byAttribute: Bool,
    keeps: Bool,
    _ interpreter: TemplateInterpreter
  ) throws -> PythonValue {
    var rest = call
    var path: AttributePath?
    if byAttribute, !rest.positional.isEmpty {
      path = try AttributePath(rest.positional.removeFirst())
    }
    let test = rest.positional.isEmpty ? nil : rest.positional.removeFirst()
    return .iterator(
      try PythonIterator(over: value, interpreter.budget) { [unowned interpreter, rest] item in
        guard !byAttribute || path != nil else {
          throw PythonError("An attribute's name is missing.")
        }
        let candidate = try path?.value(of: item, interpreter.budget) ?? item
        guard let test else { return candidate.isTrue == keeps ? item : nil }
        guard let name = test.stringText else {
          throw PythonError("The name of a test is missing.")
        }
        return try TemplateTests.holds(name, candidate, rest, interpreter) == keeps ? item : nil
      }
    )
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
    let rows = try PythonIterator(from: value, budget) { [fill] value in
      let items = try value.items(budget)
      try budget.spend(count)
      return name == "batch"
        ? try batches(of: items, count, fill) : try slices(of: items, count, fill)
    }
    return .iterator(rows)
  }

  private static func batches(
    of items: [PythonValue],
    _ count: Int,
    _ fill: PythonValue?
  ) throws -> [PythonValue] {
    try stride(from: 0, to: items.count, by: count).map { start in
      var row = Array(items[start..<min(start + count, items.count)])
      if let fill { row += Array(repeating: fill, count: count - row.count) }
      return try .list(row)
    }
  }

  private static func slices(
    of items: [PythonValue],
    _ count: Int,
    _ fill: PythonValue?
  ) throws -> [PythonValue] {
    let (each, more) = items.count.quotientAndRemainder(dividingBy: count)
    return try (0..<count).map { index in
      let start = index * each + min(index, more)
      var row = Array(items[start..<(start + each + (index < more ? 1 : 0))])
      if let fill, index >= more { row.append(fill) }
      return try .list(row)
    }
  }
}

/// Writes values as Python's `str` and `repr` do.
struct PythonTextWriter {
  private let budget: RenderBudget
  private(set) var text = ""

  init(_ budget: RenderBudget) { self.budget = budget }

  /// Adds text, within the limits.
  mutating func append(_ more: String) throws {
    text += more
    try budget.spend(more.utf8.count / 64 + 1)
    if text.utf8.count & 0xFFFF < more.utf8.count { try budget.spend(bytes: text.utf8.count) }
  }

  /// Adds what `str` gives.
  mutating func appendText(of value: PythonValue) throws {
    switch value {
    case .undefined: break
    case .string(let text), .markup(let text): try append(text)
    default: try appendRepresentation(of: value)
    }
  }

  /// Adds what `repr` gives.
  mutating func appendRepresentation(of value: PythonValue) throws {
    switch value {
    case .undefined: try append("Undefined")
    case .none: try append("None")
    case .bool(let flag): try append(flag ? "True" : "False")
    case .int(let number): try append("\(number)")
    case .double(let number): try append(PythonNumber.text(of: number))
    case .string(let text):
      try budget.spend(bytes: text.utf8.count)
      try append(PythonText.quoted(text))
    case .markup(let text):
      try budget.spend(bytes: text.utf8.count)
      try append("Markup(\(PythonText.quoted(text)))")
    case .list(let list): try append(list.items, between: "[", "]")
    case .tuple(let list): try append(list.items, between: "(", list.items.count == 1 ? ",)" : ")")
    case .dictionary(let dictionary):
      try append(dictionary.entries.map { ($0.key, $0.value) })
    case .view(let view):
      try append(view.items.items, between: "dict_\(view.kind.rawValue)([", "])")
    case .range(let range):
      let step = range.step == 1 ? "" : ", \(range.step)"
      try append("range(\(range.start), \(range.stop)\(step))")
    case .namespace(let namespace):
      // A namespace may hold itself.
      try budget.enter()
      defer { budget.leave() }
      try append("<Namespace ")
      try append(namespace.members.map { (.string($0.name), $0.value) })
      try append(">")
    case .loop(let loop): try append("<LoopContext \(loop.index + 1)/\(loop.items.count)>")
    case .iterator, .macro, .function, .method:
      throw PythonError("A \(value.typeName) cannot be written as text.")
    }
  }

  private mutating func append(
    _ items: [PythonValue],
    between opening: String,
    _ closing: String
  ) throws {
    try append(opening)
    for (index, item) in items.enumerated() {
      if index > 0 { try append(", ") }
      try appendRepresentation(of: item)
    }
    try append(closing)
  }

  private mutating func append(_ entries: [(PythonValue, PythonValue)]) throws {
    try append("{")
    for (index, entry) in entries.enumerated() {
      if index > 0 { try append(", ") }
      try appendRepresentation(of: entry.0)
      try append(": ")
      try appendRepresentation(of: entry.1)
    }
    try append("}")
  }
}

extension PythonValue {
  /// What Python's `str` gives.
  func text(_ budget: RenderBudget) throws -> String {
    if let text = stringText { return text }
    var writer = PythonTextWriter(budget)
    try writer.appendText(of: self)
    return writer.text
  }
}

/// Attributes and items, as Jinja's sandbox finds them.
extension PythonValue {
  /// `value.name`: an attribute if there is one, else an item.
  func attribute(_ name: String) throws -> PythonValue {
    if let attribute = try ownAttribute(name) { return attribute }
    if case .dictionary(let dictionary) = self, let value = dictionary.value(named: name) {
      return value
    }
    return .undefined("A \(typeName) has no attribute '\(name)'.")
  }

  /// `value[key]`: an item if there is one, else an attribute.
  func item(_ key: PythonValue, _ budget: RenderBudget) throws -> PythonValue {
    switch self {
    case .undefined(let reason): throw PythonError(reason)
    case .dictionary(let dictionary):
      // A key that cannot be one is not there.
      if let value = try? dictionary.value(of: key) { return value }
    case .list(let list), .tuple(let list):
      if let item = Self.element(of: list.items, at: key) { return item }
    case .range(let range):
      if let place = key.wholeNumber, let index = Self.place(place, of: range.count) {
        return .int(range.start + index * range.step)
      }
    case .string(let text), .markup(let text):
      if let place = key.wholeNumber {
        try budget.spend(bytes: text.utf8.count)
        let scalars = text.unicodeScalars
        if let index = Self.place(place, of: scalars.count) {
          return .string(String(scalars[scalars.index(scalars.startIndex, offsetBy: index)]))
        }
      }
    default: break
    }
    if let name = key.stringText, let attribute = try ownAttribute(name) { return attribute }
    let shown = key.stringText.map { "'\($0)'" } ?? key.wholeNumber.map { "\($0)" }
    return .undefined("A \(typeName) has no item \(shown ?? "of a \(key.typeName)").")
  }

  private static func element(of items: [PythonValue], at key: PythonValue) -> PythonValue? {
    guard let place = key.wholeNumber, let index = Self.place(place, of: items.count) else {
      return nil
    }
    return items[index]
  }

  /// The place that a number, counted from the end where negative, stands for.
  private static func place(_ number: Int, of count: Int) -> Int? {
    let index = number < 0 ? number + count : number
    return (0..<count).contains(index) ? index : nil
  }

  /// The attribute that the value has by its type, or nil where it has none of that name.
  private func ownAttribute(_ name: String) throws -> PythonValue? {
    if case .undefined(let reason) = self { throw PythonError(reason) }
    if name.hasPrefix("__") { return .undefined("Access to '\(name)' is not safe.") }
    switch self {
    case .namespace(let namespace): return namespace[name]
    case .loop(let loop): return try loop.attribute(name)
    case .range(let range):
      switch name {
      case "start": return .int(range.start)
      case "stop": return .int(range.stop)
      case "step": return .int(range.step)
      default: break
      }
    default: break
    }
    guard PythonMethods.names(of: self).contains(name) else { return nil }
    if PythonMethods.changing(self).contains(name) {
      return .undefined("'\(name)' would change a \(typeName), which is not allowed.")
    }
    return .method(PythonMethod(receiver: self, name: name))
  }
}

/// A path such as `function.name` or `0.text` that filters look values up by.
struct AttributePath {
  private let parts: [PythonValue]
  private let fallback: PythonValue?

  /// A path from a filter's argument; without one it leads to the item itself. The fallback takes
  /// the place of what is not there.
  init(_ argument: PythonValue?, fallback: PythonValue? = nil) throws {
    self.fallback = fallback
    switch argument {
    case nil, .some(.none): parts = []
    case .string(let text)?, .markup(let text)?:
      guard text.utf8.count < 1000 else { throw PythonError("An attribute's name is too long.") }
      parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
        let isNumber = !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber ? .int(Int(part) ?? .max) : .string(String(part))
      }
    case let argument?: parts = [argument]
    }
  }

  /// The paths of a list with commas between.
  static func list(_ argument: PythonValue?) throws -> [AttributePath] {
    guard let text = argument?.stringText else { return [try AttributePath(argument)] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map {
      try AttributePath(.string(String($0)))
    }
  }

  /// What the path leads to from an item.
  func value(of item: PythonValue, _ budget: RenderBudget) throws -> PythonValue {
    var value = item
    for part in parts {
      try budget.spend()
      value = try value.item(part, budget)
      if let fallback, value.isUndefined { value = fallback }
    }
    return value
  }
}

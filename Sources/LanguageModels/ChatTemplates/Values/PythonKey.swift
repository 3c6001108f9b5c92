/// A dictionary's key, so that keys that Python takes for equal are equal: 1, 1.0 and True.
enum PythonKey: Hashable {
  case none
  case int(Int)
  case double(Double)
  case text(ExactText)
  case tuple([PythonKey])

  /// The key that a value is.
  init(_ value: PythonValue) throws {
    switch value {
    case .none: self = .none
    case .bool(let flag): self = .int(flag ? 1 : 0)
    case .int(let number): self = .int(number)
    case .double(let number): self = Int(exactly: number).map { .int($0) } ?? .double(number)
    case .string(let text), .markup(let text): self = .text(ExactText(text))
    case .tuple(let tuple):
      // A tuple of tuples can stand for far more keys than it takes memory.
      guard tuple.nesting <= 3 else { throw PythonError.unsupported("A key of nested tuples") }
      self = .tuple(try tuple.items.map { try PythonKey($0) })
    default: throw PythonError("A \(value.typeName) cannot be a key.")
    }
  }
}

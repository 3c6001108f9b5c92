/// An element's attributes by name; prefixes are the ones of ``XMLNamespaces``.
struct XMLAttributes {
  private(set) var values: [(name: String, value: String)] = []

  mutating func append(_ name: String, _ value: String) { values.append((name, value)) }

  subscript(_ name: String) -> String? {
    values.first { $0.name == name }?.value
  }

  /// A whole number; nil where there is none.
  func int(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
}

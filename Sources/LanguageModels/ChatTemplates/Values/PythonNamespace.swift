/// The one thing that a template can change: named values that outlive a loop.
final class PythonNamespace {
  private(set) var members: [(name: String, value: PythonValue)] = []

  subscript(name: String) -> PythonValue? {
    members.first { ExactText($0.name) == ExactText(name) }?.value
  }

  func set(_ name: String, to value: PythonValue) throws {
    guard !name.hasPrefix("_") else {
      throw PythonError("A namespace cannot hold '\(name)': names must not begin with '_'.")
    }
    if let index = members.firstIndex(where: { ExactText($0.name) == ExactText(name) }) {
      members[index].value = value
    } else {
      guard members.count < 1000 else {
        throw PythonError(.limitExceeded, "A namespace holds more than 1,000 names.")
      }
      members.append((name, value))
    }
  }

  /// Lets go of all values, so that namespaces that hold one another can be freed.
  func clear() { members = [] }
}

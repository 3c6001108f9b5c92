/// Values that can be run through once, as Python's generators can.
final class PythonIterator {
  private var items: ArraySlice<PythonValue>
  let nesting: Int

  init(_ list: PythonList) {
    items = list.items[...]
    nesting = list.nesting
  }

  /// The next value.
  func next() -> PythonValue? { items.popFirst() }

  /// All values that are left.
  func rest() -> [PythonValue] {
    defer { items = [] }
    return Array(items)
  }
}

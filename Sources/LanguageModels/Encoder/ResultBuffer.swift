import Synchronization

/// Results that the parts of a job fill in, each at places of its own.
final class ResultBuffer<Element: Sendable>: Sendable {
  private let elements: Mutex<[Element]>

  init(count: Int, filler: Element) {
    elements = Mutex([Element](repeating: filler, count: count))
  }

  subscript(index: Int) -> Element {
    get { elements.withLock { $0[index] } }
    set { elements.withLock { $0[index] = newValue } }
  }

  /// All results, in order.
  var all: [Element] { elements.withLock { $0 } }
}

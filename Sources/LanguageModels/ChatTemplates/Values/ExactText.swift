/// Text compared scalar by scalar, as Python compares: Swift's own `==` takes "é" written as one
/// scalar and as two for the same.
struct ExactText: Hashable, Sendable {
  let value: String

  init(_ value: String) { self.value = value }

  static func == (left: Self, right: Self) -> Bool {
    left.value.utf8.elementsEqual(right.value.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var value = value
    value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

/// The items of a list or tuple.
struct PythonList {
  let items: [PythonValue]
  /// How deep lists and dictionaries nest, this one counted.
  let nesting: Int

  init(_ items: [PythonValue]) throws {
    self.items = items
    var deepest = 0
    for item in items { deepest = max(deepest, item.nesting) }
    nesting = deepest + 1
    guard nesting <= ChatTemplateLimits.valueDepth else { throw Self.tooDeep }
  }

  static var tooDeep: PythonError {
    PythonError(
      .limitExceeded,
      "Values nest more than \(ChatTemplateLimits.valueDepth) levels deep."
    )
  }
}

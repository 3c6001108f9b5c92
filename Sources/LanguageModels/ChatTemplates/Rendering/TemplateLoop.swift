/// The variable `loop` while a loop runs.
final class TemplateLoop {
  let items: [PythonValue]
  let nesting: Int
  /// How many loops of the same statement are around this one.
  let level: Int
  /// The statement and its surroundings, where the loop may call itself.
  let recursive: (statement: TemplateStatement.Loop, scope: TemplateScope)?
  /// The place of the present item.
  var index = 0
  /// What `changed` was last called with.
  var last: PythonValue?

  init(
    _ list: PythonList,
    level: Int,
    recursive: (statement: TemplateStatement.Loop, scope: TemplateScope)?
  ) {
    items = list.items
    nesting = list.nesting
    self.level = level
    self.recursive = recursive
  }

  /// An attribute, or nil where it has none of that name.
  func attribute(_ name: String) throws -> PythonValue? {
    switch name {
    case "index": .int(index + 1)
    case "index0": .int(index)
    case "revindex": .int(items.count - index)
    case "revindex0": .int(items.count - index - 1)
    case "first": .bool(index == 0)
    case "last": .bool(index == items.count - 1)
    case "length": .int(items.count)
    case "depth": .int(level + 1)
    case "depth0": .int(level)
    case "previtem": index > 0 ? items[index - 1] : .undefined("There is no previous item.")
    case "nextitem":
      index + 1 < items.count ? items[index + 1] : .undefined("There is no next item.")
    case "cycle", "changed": .method(PythonMethod(receiver: .loop(self), name: name))
    default: nil
    }
  }
}

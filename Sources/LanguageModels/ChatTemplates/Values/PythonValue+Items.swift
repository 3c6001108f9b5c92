/// Running through values.
extension PythonValue {
  /// What a loop over it runs through.
  func items(_ budget: RenderBudget) throws -> [PythonValue] {
    let items: [PythonValue]
    switch self {
    case .list(let list), .tuple(let list): items = list.items
    case .dictionary(let dictionary): items = dictionary.keys
    case .view(let view): items = view.items.items
    case .string(let text), .markup(let text):
      try budget.spend(text.utf8.count)
      items = text.unicodeScalars.map { .string(String($0)) }
    case .range(let range):
      try budget.spend(range.count)
      items = range.items
    case .iterator(let iterator): items = try iterator.rest()
    case .undefined: items = []
    default: throw PythonError("A \(typeName) cannot be run through.")
    }
    try budget.spend(items.count)
    return items
  }

  /// Whether a loop can run over it.
  var isIterable: Bool {
    switch self {
    case .list, .tuple, .dictionary, .view, .string, .markup, .range, .iterator, .undefined, .loop:
      true
    default: false
    }
  }

  /// How many items it has, or nil where Python's `len` fails.
  var count: Int? {
    switch self {
    case .undefined: 0
    case .string(let text), .markup(let text): text.unicodeScalars.count
    case .list(let list), .tuple(let list): list.items.count
    case .dictionary(let dictionary): dictionary.entries.count
    case .view(let view): view.items.items.count
    case .range(let range): range.count
    case .loop(let loop): loop.items.count
    default: nil
    }
  }

  /// A slice of it.
  func slice(
    _ start: PythonValue,
    _ stop: PythonValue,
    _ step: PythonValue,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    switch self {
    case .string(let text):
      try budget.spend(bytes: text.utf8.count)
      let scalars = Array(text.unicodeScalars)
      let places = try PythonSlice(start, stop, step).places(of: scalars.count)
      return .string(String(scalars: places.map { scalars[$0] }))
    case .markup: throw PythonError.unsupported("A slice of a marked string")
    case .list(let list):
      try budget.spend(list.items.count)
      let places = try PythonSlice(start, stop, step).places(of: list.items.count)
      return try .list(places.map { list.items[$0] })
    case .tuple(let tuple):
      try budget.spend(tuple.items.count)
      let places = try PythonSlice(start, stop, step).places(of: tuple.items.count)
      return try .tuple(places.map { tuple.items[$0] })
    case .range: throw PythonError.unsupported("A slice of a range")
    case .undefined(let reason): throw PythonError(reason)
    default: throw PythonError("A \(typeName) has no slices.")
    }
  }
}

/// Filters that compare items.
extension TemplateFilters {
  static func ordered(
    _ name: String,
    _ value: PythonValue,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    switch name {
    case "sort":
      let arguments = try call.bound(to: ["reverse", "case_sensitive", "attribute"], of: name)
      let isSensitive = arguments[1]?.isTrue == true
      let paths = try AttributePath.list(arguments[2])
      let items = try value.items(budget)
      let keys = try items.map { item in
        try PythonValue.list(
          paths.map { folded(try $0.value(of: item, budget), unless: isSensitive) }
        )
      }
      return try .list(sorted(items, by: keys, reversed: arguments[0]?.isTrue == true, budget))
    case "dictsort":
      let arguments = try call.bound(to: ["case_sensitive", "by", "reverse"], of: name)
      let by = arguments[1]?.stringText ?? "key"
      guard case .dictionary(let dictionary) = value, by == "key" || by == "value" else {
        throw PythonError("The filter 'dictsort' needs a dictionary, and 'key' or 'value'.")
      }
      let keys = (by == "key" ? dictionary.keys : dictionary.values)
        .map { folded($0, unless: arguments[0]?.isTrue == true) }
      let isReversed = arguments[2]?.isTrue == true
      return try .list(sorted(dictionary.pairs(), by: keys, reversed: isReversed, budget))
    case "unique":
      let arguments = try call.bound(to: ["case_sensitive", "attribute"], of: name)
      let path = try AttributePath(arguments[1])
      var seen: Set<PythonKey> = []
      let isSensitive = arguments[0]?.isTrue == true
      return .iterator(
        try PythonIterator(over: value, onlyIfTrue: false, budget) { item in
          let key = folded(try path.value(of: item, budget), unless: isSensitive)
          return seen.insert(try PythonKey(key)).inserted ? item : nil
        }
      )
    default:
      let arguments = try call.bound(to: ["case_sensitive", "attribute"], of: name)
      let path = try AttributePath(arguments[1])
      var best: (item: PythonValue, key: PythonValue)?
      for item in try value.items(budget) {
        let key = folded(try path.value(of: item, budget), unless: arguments[0]?.isTrue == true)
        guard let present = best else {
          best = (item, key)
          continue
        }
        let isBetter =
          name == "min"
          ? try key.precedes(present.key, orEquals: false, budget)
          : try present.key.precedes(key, orEquals: false, budget)
        if isBetter { best = (item, key) }
      }
      return best?.item ?? .undefined("An empty sequence has no \(name).")
    }
  }

  /// Text in lower case, unless case counts.
  private static func folded(_ value: PythonValue, unless isSensitive: Bool) -> PythonValue {
    guard !isSensitive, let text = value.stringText else { return value }
    return .string(PythonText.lowercased(text))
  }

  /// Items in the order of their keys; items with equal keys keep theirs.
  private static func sorted(
    _ items: [PythonValue],
    by keys: [PythonValue],
    reversed: Bool,
    _ budget: RenderBudget
  ) throws -> [PythonValue] {
    let places = try items.indices.sorted { left, right in
      let (first, second) = reversed ? (right, left) : (left, right)
      if try keys[first].precedes(keys[second], orEquals: false, budget) { return true }
      if try keys[second].precedes(keys[first], orEquals: false, budget) { return false }
      return left < right
    }
    return places.map { items[$0] }
  }
}

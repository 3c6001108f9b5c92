/// Equality and order, by Python's rules.
extension PythonValue {
  /// Whether Python's `==` holds.
  func equals(_ other: PythonValue, _ budget: RenderBudget) throws -> Bool {
    try budget.spend()
    switch (self, other) {
    case (.undefined, .undefined), (.none, .none): return true
    case (.string, _), (.markup, _):
      guard let left = stringText, let right = other.stringText else { return false }
      try budget.spend(bytes: min(left.utf8.count, right.utf8.count))
      return ExactText(left) == ExactText(right)
    case (.double(let left), .double(let right)): return left == right
    case (.double(let left), _):
      return other.wholeNumber.map { Int(exactly: left) == $0 } ?? false
    case (_, .double(let right)):
      return wholeNumber.map { Int(exactly: right) == $0 } ?? false
    case (.int, _), (.bool, _): return wholeNumber == other.wholeNumber
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
      guard left.items.count == right.items.count else { return false }
      for (item, counterpart) in zip(left.items, right.items)
      where !(try item.equals(counterpart, budget)) { return false }
      return true
    case (.dictionary(let left), .dictionary(let right)):
      guard left.entries.count == right.entries.count else { return false }
      for (key, value) in left.entries {
        guard let counterpart = try right.value(of: key),
          try value.equals(counterpart, budget)
        else { return false }
      }
      return true
    case (.range(let left), .range(let right)):
      return left.count == right.count
        && (left.count == 0 || left.start == right.start)
        && (left.count <= 1 || left.step == right.step)
    case (.view, .view): throw PythonError.unsupported("The comparison of dictionary views")
    case (.namespace(let left), .namespace(let right)): return left === right
    case (.macro(let left), .macro(let right)): return left === right
    case (.iterator(let left), .iterator(let right)): return left === right
    case (.loop(let left), .loop(let right)): return left === right
    case (.function(let left), .function(let right)): return left == right
    default: return false
    }
  }

  /// Whether it comes before another value, or is equal where that is allowed.
  func precedes(
    _ other: PythonValue,
    orEquals: Bool,
    _ budget: RenderBudget
  ) throws -> Bool {
    try budget.spend()
    switch (self, other) {
    case (.undefined(let reason), _), (_, .undefined(let reason)): throw PythonError(reason)
    case (.string, _), (.markup, _):
      guard let left = stringText, let right = other.stringText else { break }
      try budget.spend(bytes: min(left.utf8.count, right.utf8.count))
      // The order of UTF-8 bytes is the order of scalars.
      if left.utf8.lexicographicallyPrecedes(right.utf8) { return true }
      return orEquals && ExactText(left) == ExactText(right)
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
      for (item, counterpart) in zip(left.items, right.items)
      where !(try item.equals(counterpart, budget)) {
        return try item.precedes(counterpart, orEquals: orEquals, budget)
      }
      let (left, right) = (left.items.count, right.items.count)
      return orEquals ? left <= right : left < right
    default:
      if let left = wholeNumber, let right = other.wholeNumber {
        return orEquals ? left <= right : left < right
      }
      if let left = number, let right = other.number {
        return orEquals ? left <= right : left < right
      }
    }
    throw PythonError("A \(typeName) and a \(other.typeName) have no order.")
  }

  /// Whether Python's `in` finds an item.
  func contains(_ item: PythonValue, _ budget: RenderBudget) throws -> Bool {
    switch self {
    case .string(let text), .markup(let text):
      guard let part = item.stringText else {
        throw PythonError("'in' a string needs a string, not a \(item.typeName).")
      }
      try budget.spend(bytes: text.utf8.count)
      return PythonText.contains(text, part)
    case .dictionary(let dictionary):
      switch item {
      case .undefined, .range, .iterator, .namespace, .macro, .function, .method, .loop:
        // These could be keys in Python, but none is ever one here.
        return false
      default: return try dictionary.value(of: item) != nil
      }
    case .iterator(let iterator):
      while let candidate = try iterator.next() {
        if try candidate.equals(item, budget) { return true }
      }
      return false
    case .undefined: return false
    default:
      for candidate in try items(budget) where try candidate.equals(item, budget) { return true }
      return false
    }
  }

  /// Whether it is the very same object; values that have no identity count as the same where they
  /// are equal and of one type.
  func isSame(as other: PythonValue, _ budget: RenderBudget) throws -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.string(let left), .string(let right)): ExactText(left) == ExactText(right)
    case (.namespace, _), (.macro, _), (.iterator, _), (.loop, _): try equals(other, budget)
    default: false
    }
  }
}

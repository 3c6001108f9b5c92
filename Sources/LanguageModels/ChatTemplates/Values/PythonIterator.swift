/// Values that can be run through once, as Python's generators can: each is made when it is asked
/// for, so that a failure that nobody comes to is none.
final class PythonIterator {
  /// Makes the values, one at each call.
  private var make: () throws -> PythonValue?
  let nesting: Int
  private let budget: RenderBudget

  /// Values that are there.
  init(_ list: PythonList, _ budget: RenderBudget) {
    var rest = list.items[...]
    make = { rest.popFirst() }
    nesting = list.nesting
    self.budget = budget
  }

  /// Values that are made from another value all at once, when the first is asked for.
  init(
    from source: PythonValue,
    _ budget: RenderBudget,
    _ makeAll: @escaping (PythonValue) throws -> [PythonValue]
  ) throws {
    var rest: ArraySlice<PythonValue>?
    make = {
      var values = try rest ?? makeAll(source)[...]
      defer { rest = values }
      return values.popFirst()
    }
    // Rows of items nest one level deeper than the items.
    nesting = source.nesting + 2
    self.budget = budget
    guard nesting <= ChatTemplateLimits.valueDepth else { throw PythonList.tooDeep }
  }

  /// Values made from those of another value, which is first looked at when the first is asked for.
  ///
  /// - Parameters:
  ///   - source: What is run through.
  ///   - onlyIfTrue: Whether a source that is not true, such as None, has no values.
  ///   - budget: What pays for it.
  ///   - transform: What becomes of a value; nil leaves it out.
  /// - Throws: `PythonError` where values nest too deep.
  init(
    over source: PythonValue,
    onlyIfTrue: Bool = true,
    _ budget: RenderBudget,
    _ transform: @escaping (PythonValue) throws -> PythonValue?
  ) throws {
    var next: (() throws -> PythonValue?)?
    make = {
      if next == nil { next = source.isTrue || !onlyIfTrue ? try source.makeNext(budget) : { nil } }
      while let value = try next?() {
        try budget.spend()
        if let value = try transform(value) { return value }
      }
      return nil
    }
    nesting = source.nesting + 1
    self.budget = budget
    guard nesting <= ChatTemplateLimits.valueDepth else { throw PythonList.tooDeep }
  }

  /// The next value.
  func next() throws -> PythonValue? {
    try budget.enter()
    defer { budget.leave() }
    do {
      if let value = try make() { return value }
    } catch {
      make = { nil }
      throw error
    }
    make = { nil }
    return nil
  }

  /// All values that are left.
  func rest() throws -> [PythonValue] {
    var values: [PythonValue] = []
    while let value = try next() { values.append(value) }
    return values
  }
}

extension PythonValue {
  /// What gives its items one after another.
  fileprivate func makeNext(_ budget: RenderBudget) throws -> () throws -> PythonValue? {
    if case .iterator(let iterator) = self { return { try iterator.next() } }
    var rest = try items(budget)[...]
    return { rest.popFirst() }
  }
}

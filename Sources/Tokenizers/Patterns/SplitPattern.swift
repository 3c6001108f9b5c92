/// A pattern that text is split with, ready to run.
///
/// Backtracking is bounded: a place where a hostile pattern would need too many steps or too deep
/// a recursion counts as one without a match.
struct SplitPattern: Sendable {
  enum Operation: UInt8 {
    case accept, one, many, manyLazily, manyAtOnce, choose, look, lookBehind, atomic
    case start, end, lineStart, lineEnd
  }

  /// One step; the meaning of `argument` depends on the operation.
  struct Step {
    var operation: Operation
    /// A set, the first of `count` entries in `branches`, or the first step of a body.
    var argument: Int32 = 0
    var least: Int32 = 0
    var most: Int32 = 0
    var isNegated = false
    var next: Int32 = 0
  }

  private(set) var steps: [Step] = []
  private(set) var sets: [ScalarSet] = []
  private(set) var branches: [Int32] = []
  /// The first steps of the alternatives at the top.
  private(set) var starts: [Int32] = []
  /// For each ASCII byte, and last for all other bytes, the alternatives to try; one bit each.
  private(set) var candidates = [UInt64](repeating: 0, count: 129)

  private static let mostSteps = 4_096

  init(_ pattern: String) throws(PatternParser.Failure) {
    try self.init(PatternParser.parse(pattern))
  }

  /// A pattern that matches a text as it stands.
  init(literal text: String) throws(PatternParser.Failure) {
    let nodes = text.unicodeScalars.map { scalar in
      var set = ScalarSet()
      set.insert(scalar.value)
      return PatternNode.set(set)
    }
    try self.init(.sequence(nodes))
  }

  private init(_ node: PatternNode) throws(PatternParser.Failure) {
    steps.append(Step(operation: .accept))
    var alternatives = [node]
    if case .alternatives(let nodes) = node, nodes.count <= 64 { alternatives = nodes }
    for (index, alternative) in alternatives.enumerated() {
      starts.append(try compile(alternative, next: 0))
      let first = alternative.mayBeEmpty ? nil : alternative.firstASCII
      for byte in 0..<128 {
        let bits = byte < 64 ? first?.low : first?.high
        if bits.map({ $0 >> UInt64(byte & 63) & 1 == 1 }) ?? true {
          candidates[byte] |= 1 << UInt64(index)
        }
      }
      candidates[128] |= 1 << UInt64(index)
    }
  }

  private mutating func add(_ step: Step) throws(PatternParser.Failure) -> Int32 {
    guard steps.count < Self.mostSteps else {
      throw PatternParser.Failure(message: "the pattern is too long")
    }
    steps.append(step)
    return Int32(steps.count - 1)
  }

  private mutating func add(_ set: ScalarSet) -> Int32 {
    sets.append(set)
    return Int32(sets.count - 1)
  }

  /// Writes the steps of a node, which go on with `next`, and returns the first.
  private mutating func compile(
    _ node: PatternNode,
    next: Int32
  ) throws(PatternParser.Failure) -> Int32 {
    switch node {
    case .set(let set):
      return try add(Step(operation: .one, argument: add(set), next: next))
    case .sequence(let nodes):
      var first = next
      for node in nodes.reversed() { first = try compile(node, next: first) }
      return first
    case .alternatives(let nodes):
      var list: [Int32] = []
      for node in nodes { list.append(try compile(node, next: next)) }
      return try choose(list)
    case .repeated(let body, let least, let most, let greed):
      return try compile(body, least, most, greed, next: next)
    case .look(let body, true, let isNegated):
      let first = try compile(body, next: 0)
      return try add(
        Step(operation: .look, argument: first, isNegated: isNegated, next: next)
      )
    case .look(let body, false, let isNegated):
      guard let set = body.asSet else {
        throw PatternParser.Failure(message: "looks back for more than one character")
      }
      return try add(
        Step(operation: .lookBehind, argument: add(set), isNegated: isNegated, next: next)
      )
    case .atomic(let body):
      let first = try compile(body, next: 0)
      return try add(Step(operation: .atomic, argument: first, next: next))
    case .atStart: return try add(Step(operation: .start, next: next))
    case .atEnd: return try add(Step(operation: .end, next: next))
    case .atLineStart: return try add(Step(operation: .lineStart, next: next))
    case .atLineEnd: return try add(Step(operation: .lineEnd, next: next))
    }
  }

  private mutating func choose(_ list: [Int32]) throws(PatternParser.Failure) -> Int32 {
    let first = Int32(branches.count)
    branches += list
    return try add(Step(operation: .choose, argument: first, least: Int32(list.count)))
  }

  private mutating func compile(
    _ body: PatternNode,
    _ least: Int,
    _ most: Int?,
    _ greed: PatternNode.Greed,
    next: Int32
  ) throws(PatternParser.Failure) -> Int32 {
    if let set = body.asSet {
      let operation: Operation =
        switch greed {
        case .greedy: .many
        case .lazy: .manyLazily
        case .possessive: .manyAtOnce
        }
      return try add(
        Step(
          operation: operation,
          argument: add(set),
          least: Int32(least),
          most: Int32(most ?? Int(Int32.max)),
          next: next
        )
      )
    }
    if greed == .possessive {
      let whole = PatternNode.repeated(body, least: least, most: most, .greedy)
      return try compile(.atomic(whole), next: next)
    }
    guard !body.mayBeEmpty else {
      throw PatternParser.Failure(message: "a repetition of what may be empty")
    }
    var first = next
    if let most {
      for _ in least..<max(most, least) {
        let taken = try compile(body, next: first)
        first = try choose(greed == .lazy ? [next, taken] : [taken, next])
      }
    } else {
      first = try choose([next, next])
      let list = Int(steps[Int(first)].argument)
      branches[list + (greed == .lazy ? 1 : 0)] = try compile(body, next: first)
    }
    for _ in 0..<least { first = try compile(body, next: first) }
    return first
  }
}

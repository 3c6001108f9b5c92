/// The JSON texts that a schema allows, as nodes that refer to one another by number.
struct JSONGrammar: Sendable {
  /// A part of the texts.
  enum Node {
    case literal([UInt8])
    /// One blank or none.
    case blank
    case string(minimum: Int, maximum: Int?)
    case number(isWhole: Bool, mayBeNegative: Bool)
    /// One of several nodes.
    case choice([Int])
    case object([Member])
    /// Items of one kind; where nothing can be an item, the most is 0.
    case array(item: Int, minimum: Int, maximum: Int?)
  }

  /// A member of an object.
  struct Member {
    /// The literal of its name, with the quotes and the colon.
    var name: Int
    var value: Int
    var isRequired: Bool
  }

  /// The nodes that all grammars begin with.
  enum Common: Int, CaseIterable {
    case comma
    case blank
    case openBrace
    case closeBrace
    case openBracket
    case closeBracket

    var node: Node {
      switch self {
      case .comma: .literal(Array(",".utf8))
      case .blank: .blank
      case .openBrace: .literal(Array("{".utf8))
      case .closeBrace: .literal(Array("}".utf8))
      case .openBracket: .literal(Array("[".utf8))
      case .closeBracket: .literal(Array("]".utf8))
      }
    }
  }

  /// The ways to go on with a text, and whether it may end.
  typealias Position = (stacks: [JSONStack], isComplete: Bool)

  private(set) var nodes: [Node] = []
  /// How many bytes the shortest text of each node has.
  private(set) var shortestCounts: [Int] = []
  var root = 0

  init() {
    for common in Common.allCases { _ = add(common.node) }
  }

  /// Adds a node, whose parts have been added before, and gives its number.
  mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    shortestCounts.append(shortestCount(of: node))
    return nodes.count - 1
  }

  /// The position before the first byte.
  var start: Position { expand([JSONStack(.node(root), on: nil)]) }

  /// The position after bytes, or nil where they do not fit.
  func following(_ stacks: [JSONStack], _ isComplete: Bool, _ bytes: [UInt8]) -> Position? {
    var position: Position = (stacks, isComplete)
    var rest = bytes[...]
    while let byte = rest.first {
      // Most of the time there is one way, within a string.
      if position.stacks.count == 1, let stack = withinString(position.stacks[0], &rest) {
        position = ([stack], false)
        continue
      }
      position = step(position.stacks, byte)
      rest.removeFirst()
      if position.stacks.isEmpty, !position.isComplete { return nil }
    }
    return position
  }

  /// The stack after as many bytes as go on with a string, or nil where none does.
  private func withinString(_ stack: JSONStack, _ bytes: inout ArraySlice<UInt8>) -> JSONStack? {
    guard case .string(let node, var count, var state) = stack.top,
      case .string(_, let maximum) = nodes[node]
    else { return nil }
    let before = bytes.count
    while let byte = bytes.first {
      if state == .inside, let maximum, count >= maximum { break }
      guard let (next, endsCharacter) = state.after(byte) else { break }
      state = next
      if endsCharacter { count += 1 }
      bytes.removeFirst()
    }
    guard bytes.count < before else { return nil }
    return JSONStack(.string(node, count: count, state), on: stack.rest)
  }

  /// Which bytes can come next.
  func bytesThatFollow(_ stacks: [JSONStack]) -> [Bool] {
    (0...255).map { byte in stacks.contains { after(UInt8(byte), $0) != nil } }
  }

  private func step(_ stacks: [JSONStack], _ byte: UInt8) -> Position {
    expand(stacks.flatMap { after(byte, $0) ?? [] })
  }

  /// What is due after a byte, each way with its stack, nil where nothing is; nil where the byte is
  /// out of place.
  private func after(_ byte: UInt8, _ stack: JSONStack) -> [JSONStack?]? {
    switch stack.top {
    case .literal(let node, let written):
      guard case .literal(let bytes) = nodes[node], bytes[written] == byte else { return nil }
      if written + 1 == bytes.count { return [stack.rest] }
      return [JSONStack(.literal(node, written: written + 1), on: stack.rest)]
    case .blank: return byte == 0x20 ? [stack.rest] : nil
    case .string(let node, let count, let state):
      guard case .string(let minimum, let maximum) = nodes[node] else { return nil }
      if state == .inside {
        if byte == UInt8(ascii: "\"") { return count >= minimum ? [stack.rest] : nil }
        if let maximum, count >= maximum { return nil }
      }
      guard let (next, endsCharacter) = state.after(byte) else { return nil }
      let frame = JSONStack.Frame.string(node, count: count + (endsCharacter ? 1 : 0), next)
      return [JSONStack(frame, on: stack.rest)]
    case .number(let node, let state):
      guard case .number(let isWhole, let mayBeNegative) = nodes[node],
        let next = state.after(byte, isWhole: isWhole, mayBeNegative: mayBeNegative)
      else { return nil }
      let stacks = [JSONStack(.number(node, next), on: stack.rest)]
      return next.isComplete ? stacks + [stack.rest] : stacks
    case .node, .object, .array: return nil
    }
  }

  /// Opens what lies on top until each stack shows what takes a byte, each way once.
  private func expand(_ stacks: [JSONStack?]) -> Position {
    var open = stacks
    var seen: Set<JSONStack> = []
    var result: [JSONStack] = []
    var isComplete = false
    while let next = open.popLast() {
      guard let stack = next else {
        isComplete = true
        continue
      }
      guard seen.insert(stack).inserted else { continue }
      switch stack.top {
      case .literal, .blank, .string, .number: result.append(stack)
      case .node(let node): open += opened(node, on: stack.rest)
      case .object(let node, let next, let hasMembers):
        open += members(of: node, from: next, hasMembers, on: stack.rest)
      case .array(let node, let count): open += items(of: node, count, on: stack.rest)
      }
    }
    return (result, isComplete)
  }

  private func opened(_ node: Int, on rest: JSONStack?) -> [JSONStack?] {
    switch nodes[node] {
    case .literal(let bytes):
      return [bytes.isEmpty ? rest : JSONStack(.literal(node, written: 0), on: rest)]
    case .blank:
      return [JSONStack(.blank, on: rest), rest]
    case .string: return [JSONStack(.string(node, count: 0, .start), on: rest)]
    case .number: return [JSONStack(.number(node, .start), on: rest)]
    case .choice(let choices): return choices.map { JSONStack(.node($0), on: rest) }
    case .object:
      let object = JSONStack(.object(node, next: 0, hasMembers: false), on: rest)
      return [JSONStack(.node(Common.openBrace.rawValue), on: object)]
    case .array:
      let array = JSONStack(.array(node, count: 0), on: rest)
      return [JSONStack(.node(Common.openBracket.rawValue), on: array)]
    }
  }

  /// The members that can come next, up to the first required one, or the end.
  private func members(
    of node: Int,
    from next: Int,
    _ hasMembers: Bool,
    on rest: JSONStack?
  ) -> [JSONStack?] {
    guard case .object(let members) = nodes[node] else { return [] }
    var stacks: [JSONStack?] = []
    for index in next..<members.count {
      let member = members[index]
      var stack = JSONStack(.object(node, next: index + 1, hasMembers: true), on: rest)
      stack = JSONStack(.node(member.value), on: stack)
      stack = JSONStack(.node(Common.blank.rawValue), on: stack)
      stack = JSONStack(.node(member.name), on: stack)
      stacks.append(hasMembers ? afterComma(stack) : stack)
      if member.isRequired { return stacks }
    }
    return stacks + [JSONStack(.node(Common.closeBrace.rawValue), on: rest)]
  }

  private func items(of node: Int, _ count: Int, on rest: JSONStack?) -> [JSONStack?] {
    guard case .array(let item, let minimum, let maximum) = nodes[node] else { return [] }
    var stacks: [JSONStack?] = []
    if count >= minimum { stacks.append(JSONStack(.node(Common.closeBracket.rawValue), on: rest)) }
    if maximum.map({ count < $0 }) ?? true {
      // Beyond the least number the count only matters where there is a most.
      let counted = maximum == nil ? min(count + 1, max(minimum, 1)) : count + 1
      let stack = JSONStack(.node(item), on: JSONStack(.array(node, count: counted), on: rest))
      stacks.append(count > 0 ? afterComma(stack) : stack)
    }
    return stacks
  }

  private func afterComma(_ stack: JSONStack) -> JSONStack {
    JSONStack(.node(Common.comma.rawValue), on: JSONStack(.node(Common.blank.rawValue), on: stack))
  }
}

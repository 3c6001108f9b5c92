/// The shortest way to end a text that has been begun.
extension JSONGrammar {
  /// The shortest bytes that a stack still needs.
  func ending(of stack: JSONStack) -> [UInt8] {
    var ending: [UInt8] = []
    var next: JSONStack? = stack
    while let stack = next {
      ending += self.ending(of: stack.top)
      next = stack.rest
    }
    return ending
  }

  private func ending(of frame: JSONStack.Frame) -> [UInt8] {
    switch frame {
    case .node(let node): return shortest(node)
    case .blank: return []
    case .literal(let node, let written):
      guard case .literal(let bytes) = nodes[node] else { return [] }
      return Array(bytes[written...])
    case .string(let node, let count, let state):
      guard case .string(let minimum, _) = nodes[node] else { return [] }
      let quote = UInt8(ascii: "\"")
      let begun = state.ending
      let written = count + (begun.isEmpty ? 0 : 1)
      let filler = [UInt8](repeating: UInt8(ascii: "."), count: max(minimum - written, 0))
      return (state == .start ? [quote] : begun) + filler + [quote]
    case .number(_, let state): return state.isComplete ? [] : [UInt8(ascii: "0")]
    case .object(let node, let next, let hasMembers):
      guard case .object(let members) = nodes[node] else { return [] }
      var ending: [UInt8] = []
      var needsComma = hasMembers
      for member in members[next...] where member.isRequired {
        if needsComma { ending.append(UInt8(ascii: ",")) }
        ending += shortest(member.name) + shortest(member.value)
        needsComma = true
      }
      return ending + [UInt8(ascii: "}")]
    case .array(let node, let count):
      guard case .array(let item, let minimum, _) = nodes[node] else { return [] }
      var ending: [UInt8] = []
      for index in count..<max(minimum, count) {
        if index > 0 { ending.append(UInt8(ascii: ",")) }
        ending += shortest(item)
      }
      return ending + [UInt8(ascii: "]")]
    }
  }

  /// How many bytes the shortest text of a node has, or the largest number where that is too large
  /// to be counted.
  func shortestCount(of node: Node) -> Int {
    func sum(_ counts: [Int]) -> Int {
      counts.reduce(0) { sum, count in
        let (total, overflow) = sum.addingReportingOverflow(count)
        return overflow ? .max : total
      }
    }
    switch node {
    case .literal(let bytes): return bytes.count
    case .blank: return 0
    case .string(let minimum, _): return minimum + 2
    case .number: return 1
    case .choice(let choices): return choices.map { shortestCounts[$0] }.min() ?? 0
    case .object(let members):
      let counts = members.filter(\.isRequired)
        .map { sum([shortestCounts[$0.name], shortestCounts[$0.value], 1]) }
      return sum(counts + [2])
    case .array(let item, let minimum, _):
      let (items, overflow) =
        sum([shortestCounts[item], 1]).multipliedReportingOverflow(by: minimum)
      return overflow ? .max : sum([items, 2])
    }
  }

  /// The shortest bytes of a node.
  private func shortest(_ node: Int) -> [UInt8] {
    switch nodes[node] {
    case .literal(let bytes): bytes
    case .blank: []
    case .string: ending(of: .string(node, count: 0, .start))
    case .number: [UInt8(ascii: "0")]
    case .choice(let choices):
      choices.min { shortestCounts[$0] < shortestCounts[$1] }.map { shortest($0) } ?? []
    case .object:
      [UInt8(ascii: "{")] + ending(of: .object(node, next: 0, hasMembers: false))
    case .array: [UInt8(ascii: "[")] + ending(of: .array(node, count: 0))
    }
  }
}

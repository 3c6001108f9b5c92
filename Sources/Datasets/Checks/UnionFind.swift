/// Joins elements into groups.
struct UnionFind {
  private var parents: [Int]

  /// Elements 0 up to a count, each alone.
  init(count: Int) { parents = Array(0..<count) }

  /// Puts two elements, with all that are joined to them, into one group.
  mutating func join(_ first: Int, _ second: Int) {
    let (left, right) = (root(first), root(second))
    parents[max(left, right)] = min(left, right)
  }

  /// The groups of two elements and more, each ascending, in the order of their first.
  func groups() -> [[Int]] {
    var copy = self
    var groups: [Int: [Int]] = [:]
    for element in parents.indices { groups[copy.root(element), default: []].append(element) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  private mutating func root(_ element: Int) -> Int {
    var root = element
    while parents[root] != root { root = parents[root] }
    var place = element
    while parents[place] != root { (parents[place], place) = (root, parents[place]) }
    return root
  }
}

/// Finds duplicates, leaks between splits and contradictions.
struct SimilarityCheck {
  /// What was found.
  private(set) var findings: [Finding] = []
  /// How many examples repeat an earlier one, exactly or nearly.
  private(set) var repeatedCount = 0

  private let context: CheckContext

  /// Compares the examples of a dataset.
  ///
  /// - Complexity: O(n log n) in the number of examples; texts that very many others resemble are
  ///   compared with their nearest only.
  init(_ context: CheckContext) {
    self.context = context
    let examples = context.examples
    var vocabulary = Vocabulary()
    let prepared = examples.map { PreparedExample($0, in: &vocabulary) }
    vocabulary.findFillers()
    let exact = exactGroups()
    // One of each group of equal examples stands for all: its comparison holds for the others.
    let leaders = exact.map(\.[0]).filter { !prepared[$0].key.isEmpty }
    let members = Dictionary(uniqueKeysWithValues: exact.map { ($0[0], $0) })
    var near = UnionFind(count: examples.count)
    var leaks = UnionFind(count: examples.count)
    for group in exact { for other in group.dropFirst() { leaks.join(group[0], other) } }
    var conflicts = UnionFind(count: examples.count)
    let pairs = CandidatePairs(seed: context.settings.seed)
      .pairs(leaders.map { prepared[$0].key }, vocabulary)
    for (left, right) in pairs {
      let (first, second) = (leaders[left], leaders[right])
      let comparison = ExampleComparison(prepared[first], prepared[second], vocabulary)
      if comparison.isContradiction { conflicts.join(first, second) }
      if comparison.isNearDuplicate { near.join(first, second) }
      if comparison.isNearDuplicate || comparison.isSameQuestion { leaks.join(first, second) }
    }
    report(exact: exact)
    report(near: near, members: members)
    report(leaks: leaks)
    report(conflicts: conflicts, members: members)
  }

  /// Indices of equal examples together, in the order of their first.
  private func exactGroups() -> [[Int]] {
    var places: [[String]: Int] = [:]
    var groups: [[Int]] = []
    for (index, example) in context.examples.enumerated() {
      let key =
        example.messages.flatMap { [$0.role.rawValue, Self.trimmed($0.content)] } + [
          example.passage ?? ""
        ]
      if let place = places[key] {
        groups[place].append(index)
      } else {
        places[key] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  private static func trimmed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private mutating func report(exact: [[Int]]) {
    for group in exact {
      for part in bySplit(group) where part.count > 1 {
        repeatedCount += part.count - 1
        findings.append(
          context.finding(
            .exactDuplicate,
            .warning,
            part,
            "\(part.count) examples are equal.",
            remedy: "Keep one of them; the others only weigh it more."
          )
        )
      }
    }
  }

  private mutating func report(near: UnionFind, members: [Int: [Int]]) {
    for group in near.groups() {
      var leaders: [Int: Int] = [:]
      for leader in group {
        for member in members[leader] ?? [leader] { leaders[member] = leader }
      }
      for part in bySplit(leaders.keys.sorted()) {
        // Equal ones are reported as such.
        let wordings = Set(part.compactMap { leaders[$0] }).count
        guard wordings > 1 else { continue }
        repeatedCount += wordings - 1
        findings.append(
          context.finding(
            .nearDuplicate,
            .warning,
            part,
            "\(part.count) examples say the same in nearly the same words.",
            remedy: "Keep the best worded one, or make them differ in what they teach."
          )
        )
      }
    }
  }

  /// Reports the groups whose members stand in several splits.
  private mutating func report(leaks: UnionFind) {
    for group in leaks.groups() {
      let members = group.filter { context.examples[$0].split != nil }
      let found = Set(members.compactMap { context.examples[$0].split })
      guard found.count > 1 else { continue }
      let splits = Example.Split.allCases.filter(found.contains).map(\.rawValue)
      let first = context.examples[members[0]]
      let isEqual = members.allSatisfy { context.examples[$0].messages == first.messages }
      findings.append(
        context.finding(
          .leakage,
          found.contains(.train) ? .error : .warning,
          members,
          """
          The same \(isEqual ? "words" : "question or nearly the same words") stand in \
          \(splits.joined(separator: " and in ")).
          """,
          remedy: "Put all in one split, or drop some: what was trained on cannot measure."
        )
      )
    }
  }

  private mutating func report(conflicts: UnionFind, members: [Int: [Int]]) {
    for leaders in conflicts.groups() {
      let group = leaders.flatMap { members[$0] ?? [$0] }
      let answers = leaders.prefix(3).map { Excerpt.of(context.examples[$0]) }
      findings.append(
        context.finding(
          .contradiction,
          .error,
          group,
          "\(group.count) examples answer the same question differently.",
          remedy: "Find out which answer is right and drop or correct the others.",
          excerpt: answers.joined(separator: " ⟷ ")
        )
      )
    }
  }

  private func bySplit(_ group: [Int]) -> [[Int]] {
    let splits = Dictionary(grouping: group) { context.examples[$0].split }
    return splits.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}

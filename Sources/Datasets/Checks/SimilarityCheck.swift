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
    let exact = exactGroups()
    // One of each group of equal examples stands for all: its comparison holds for the others.
    let leaders = exact.map(\.[0]).filter { !prepared[$0].key.isEmpty }
    let members = Dictionary(uniqueKeysWithValues: exact.map { ($0[0], $0) })
    var near = UnionFind(count: examples.count)
    var leaks: [(Int, Int, String)] = []
    var conflicts = UnionFind(count: examples.count)
    let pairs = CandidatePairs(seed: context.settings.seed)
      .pairs(leaders.map { prepared[$0].key }, vocabulary)
    for (left, right) in pairs {
      let (first, second) = (leaders[left], leaders[right])
      let comparison = ExampleComparison(prepared[first], prepared[second], vocabulary)
      if comparison.isContradiction { conflicts.join(first, second) }
      if comparison.isNearDuplicate { near.join(first, second) }
      if comparison.isNearDuplicate || comparison.isSameQuestion {
        leaks.append((first, second, comparison.isNearDuplicate ? "example" : "question"))
      }
    }
    report(exact: exact)
    report(near: near, members: members)
    report(leaks: leaks, exact: exact, members: members)
    report(conflicts: conflicts)
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
      let all = group.flatMap { members[$0] ?? [$0] }
      for part in bySplit(all) where part.count > 1 {
        let leaders = Set(part).intersection(group)
        guard leaders.count > 1 else { continue }
        repeatedCount += leaders.count - 1
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

  private mutating func report(
    leaks: [(Int, Int, String)],
    exact: [[Int]],
    members: [Int: [Int]]
  ) {
    for group in exact where group.count > 1 {
      leak(group[0], others: Array(group.dropFirst()), what: "example", isEqual: true)
    }
    for (first, second, what) in leaks {
      for one in members[first] ?? [first] {
        leak(one, others: members[second] ?? [second], what: what, isEqual: false)
      }
    }
  }

  /// Reports those of other examples that stand in another split.
  private mutating func leak(_ first: Int, others: [Int], what: String, isEqual: Bool) {
    guard let split = context.examples[first].split else { return }
    for other in others {
      guard let otherSplit = context.examples[other].split, otherSplit != split else { continue }
      let spoils = split == .train || otherSplit == .train
      findings.append(
        context.finding(
          .leakage,
          spoils ? .error : .warning,
          [first, other],
          """
          The same \(what)\(isEqual ? "" : " in nearly the same words") stands in \
          \(split.rawValue) and in \(otherSplit.rawValue).
          """,
          remedy: "Put both in one split, or drop one: what was trained on cannot measure."
        )
      )
    }
  }

  private mutating func report(conflicts: UnionFind) {
    for group in conflicts.groups() {
      let answers = group.prefix(3).map { Excerpt.of(context.examples[$0]) }
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

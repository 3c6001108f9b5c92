/// Divides examples among training, validation and test, so that what belongs together stays together.
///
/// Examples of one document form a group; so do examples without a document whose questions differ in
/// case, punctuation or blanks only. A group goes where the hash of its name and the seed send it, so
/// the same data always divides in the same way, whatever the order, and examples that come later leave
/// the others where they were. Examples that already have a split keep it and take new ones of their
/// group with them.
///
/// Where the hash alone would leave a split empty, or more than half away from its share, the groups
/// are cut at other places in the same order of hashes. Then a later division from nothing may differ;
/// one that starts from the splits already given does not.
public struct DatasetSplitter: Sendable {
  private static let order: [Example.Split] = [.train, .validation, .test]

  private var shares: SplitShares
  private var seed: UInt64

  /// A splitter; another seed gives another division.
  public init(shares: SplitShares = .standard, seed: UInt64) {
    self.shares = shares
    self.seed = seed
  }

  /// What an example must not be separated from: the name of its document, else its question.
  public static func group(of example: Example) -> String {
    if let document = example.source?.document, !document.isEmpty { return "document:\(document)" }
    guard let question = example.question else { return "example:\(example.identifier)" }
    return "question:\(NormalizedWording.of(question))"
  }

  /// The examples in their order, each with its split.
  ///
  /// A group whose examples already have different splits goes to the earliest of train, validation
  /// and test, as what has been trained on cannot be measured on.
  ///
  /// - Throws: ``DatasetError`` where there are fewer groups than splits to fill.
  /// - Complexity: O(*n* log *n*) in the number of examples.
  public func split(_ examples: [Example]) throws -> [Example] {
    let names = examples.map(Self.group)
    var groups: [String: Group] = [:]
    for (name, example) in zip(names, examples) {
      groups[name, default: Group(hash: hash(of: name))].add(example)
    }
    try check(groupCount: groups.count, exampleCount: examples.count)
    assign(&groups)
    return zip(names, examples).map { name, example in
      var example = example
      example.split = groups[name]?.split
      return example
    }
  }

  private func check(groupCount: Int, exampleCount: Int) throws {
    let needed = Self.order.count { shares[$0] > 0 }
    guard exampleCount > 0, groupCount < needed else { return }
    throw DatasetError(
      .empty,
      "\(exampleCount) examples form \(groupCount) group(s), too few to fill \(needed) splits.",
      subject: "the splits",
      remedy:
        "Add examples from other documents, or give shares of 0 to the splits you do not need."
    )
  }

  private func hash(of name: String) -> Double {
    var hash = CanonicalHash("split")
    hash.add(Int(truncatingIfNeeded: seed))
    hash.add(name)
    return hash.unit
  }

  private func assign(_ groups: inout [String: Group]) {
    let total = groups.values.reduce(0) { $0 + $1.count }
    var held: [Example.Split: Int] = [:]
    for group in groups.values {
      if let split = group.split { held[split, default: 0] += group.count }
    }
    // Names decide between equal hashes, so that the order of a dictionary never shows.
    let free = groups.filter { $0.value.split == nil }
      .sorted { ($0.value.hash, $0.key) < ($1.value.hash, $1.key) }
    guard !free.isEmpty else { return }
    let counts = free.map(\.value.count)
    let bounds = (shares.train, shares.train + shares.validation)
    var cuts = SplitCuts(
      validation: free.count { $0.value.hash < bounds.0 },
      test: shares.test > 0 ? free.count { $0.value.hash < bounds.1 } : free.count
    )
    if !isNear(cuts, counts: counts, held: held, total: total) {
      cuts = corrected(counts: counts, held: held, total: total)
    }
    for (index, entry) in free.enumerated() { groups[entry.key]?.split = cuts[index] }
  }

  /// Whether each split is filled, and at most half away from its share.
  private func isNear(
    _ cuts: SplitCuts,
    counts: [Int],
    held: [Example.Split: Int],
    total: Int
  ) -> Bool {
    var found = held
    for (index, count) in counts.enumerated() { found[cuts[index], default: 0] += count }
    return Self.order.allSatisfy { split in
      let count = found[split] ?? 0
      guard shares[split] > 0 else { return count == held[split] ?? 0 }
      return count > 0 && abs(Double(count) / Double(total) - shares[split]) <= shares[split] / 2
    }
  }

  /// The cuts that bring each split nearest to what it lacks and leave none empty that can be filled.
  private func corrected(
    counts: [Int],
    held: [Example.Split: Int],
    total: Int
  ) -> SplitCuts {
    let lacking = Self.order.map { split in
      max(0, shares[split] * Double(total) - Double(held[split] ?? 0))
    }
    let least = Self.order.map { shares[$0] > 0 && (held[$0] ?? 0) == 0 ? 1 : 0 }
    let scale = Double(counts.reduce(0, +)) / max(lacking.reduce(0, +), .leastNormalMagnitude)
    var sums = [0]
    for count in counts { sums.append(sums[sums.count - 1] + count) }
    func cut(nearest target: Double, from low: Int, to high: Int) -> Int {
      (low...max(low, high)).min { abs(Double(sums[$0]) - target) < abs(Double(sums[$1]) - target) }
        ?? low
    }
    let count = counts.count
    let first = cut(
      nearest: lacking[0] * scale,
      from: min(count, least[0]),
      to: max(0, count - least[1] - least[2])
    )
    let validation = shares.validation > 0 ? (lacking[0] + lacking[1]) * scale : Double(sums[first])
    let second =
      shares.test > 0
      ? cut(
        nearest: validation,
        from: min(count, first + least[1]),
        to: shares.validation > 0 ? max(0, count - least[2]) : first
      ) : count
    return SplitCuts(validation: first, test: second)
  }

  /// Examples that stay together.
  private struct Group {
    var hash: Double
    var count = 0
    var split: Example.Split?

    init(hash: Double) { self.hash = hash }

    mutating func add(_ example: Example) {
      count += 1
      guard let given = example.split else { return }
      let order = DatasetSplitter.order
      split = order.first { $0 == given || $0 == split }
    }
  }

  /// Where validation and test begin in the order of hashes.
  private struct SplitCuts {
    var validation: Int
    var test: Int

    subscript(_ index: Int) -> Example.Split {
      index < validation ? .train : index < test ? .validation : .test
    }
  }
}

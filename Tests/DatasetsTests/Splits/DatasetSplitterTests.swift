import Datasets
import TestSupport
import Testing

@Suite struct DatasetSplitterTests {
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func documentsStayWholeAndTheOrderDoesNotMatter(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let examples = Self.examples(documents: 40, each: 1...9, using: &random)
    let splitter = DatasetSplitter(seed: seed)
    let split = try splitter.split(examples)
    #expect(split.map(\.identifier) == examples.map(\.identifier))
    let byDocument = Dictionary(grouping: split) { $0.source?.document }
    #expect(byDocument.values.allSatisfy { Set($0.map(\.split)).count == 1 })

    let shuffled = try splitter.split(examples.shuffled(using: &random))
    #expect(Set(shuffled) == Set(split))
    let other = try DatasetSplitter(seed: seed + 100).split(examples)
    #expect(Set(other) != Set(split))
  }

  @Test(arguments: [3, 4, 7, 10, 50, 400])
  func sharesAreNearAndNoSplitIsEmpty(documents: Int) throws {
    for seed in 0..<20 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let split = try DatasetSplitter(seed: seed)
        .split(Self.examples(documents: documents, each: 2...4, using: &random))
      for part in Example.Split.allCases {
        let count = split.count { $0.split == part }
        #expect(count > 0)
        guard documents >= 50 else { continue }
        let share = part == .train ? 0.8 : 0.1
        #expect(abs(Double(count) / Double(split.count) - share) <= share / 2 + 0.01)
      }
    }
  }

  @Test func newExamplesLeaveEarlierOnesWhereTheyWere() throws {
    var random = SplitMix64(seed: 9)
    let splitter = DatasetSplitter(seed: 3)
    let all = Self.examples(documents: 60, each: 1...3, using: &random)
    let some = try splitter.split(Array(all.prefix(15)))
    let more = try splitter.split(some + all.dropFirst(15))
    #expect(Array(more.prefix(15)) == some)
    #expect(more.allSatisfy { $0.split != nil })
    // A document that was divided before takes its new examples with it.
    for example in more.dropFirst(15) {
      guard let kin = some.first(where: { $0.source == example.source }) else { continue }
      #expect(example.split == kin.split)
    }
  }

  @Test func largeDataDividesAlikeFromNothing() throws {
    var random = SplitMix64(seed: 10)
    let splitter = DatasetSplitter(seed: 3)
    let all = Self.examples(documents: 2_000, each: 1...1, using: &random)
    let some = try splitter.split(Array(all.prefix(1_500)))
    let more = try splitter.split(all)
    #expect(Array(more.prefix(1_500)) == some)
  }

  @Test func questionsThatDifferInPunctuationBelongTogether() {
    let one = Example(question: "What's  the Freight?", answer: "3", origin: .asked)
    let other = Example(question: "whats the freight", answer: "4", origin: .asked)
    let third = Example(question: "Was ist die Fracht?", answer: "4", origin: .asked)
    #expect(DatasetSplitter.group(of: one) == DatasetSplitter.group(of: other))
    #expect(DatasetSplitter.group(of: one) != DatasetSplitter.group(of: third))
  }

  @Test func whatWasTrainedOnIsNotMeasuredOn() throws {
    var examples = (0..<9).map { index in
      Example(
        question: "Question \(index)?",
        answer: "\(index)",
        origin: .imported,
        source: .init(place: "\(index / 3)", document: "\(index / 3)")
      )
    }
    examples[0].split = .test
    examples[1].split = .train
    let split = try DatasetSplitter(seed: 1).split(examples)
    #expect(split.prefix(3).allSatisfy { $0.split == .train })
  }

  @Test func tooFewGroupsAreRefused() throws {
    let example = Example(question: "Q?", answer: "A", origin: .imported)
    let error = #expect(throws: DatasetError.self) {
      try DatasetSplitter(seed: 1).split([example, example])
    }
    #expect(error?.code == .empty)
    let shares = try SplitShares(train: 1, validation: 0, test: 0)
    let split = try DatasetSplitter(shares: shares, seed: 1).split([example, example])
    #expect(split.allSatisfy { $0.split == .train })
    #expect(try DatasetSplitter(seed: 1).split([]).isEmpty)
    #expect(throws: DatasetError.self) { try SplitShares(train: 0.5, validation: 0.1, test: 0.1) }
    #expect(throws: DatasetError.self) { try SplitShares(train: .nan, validation: 0, test: 0) }
  }

  @Test(arguments: [(0.9, 0.1, 0.0), (0.7, 0.0, 0.3), (0.4, 0.3, 0.3)])
  func sharesOfZeroStayEmpty(train: Double, validation: Double, test: Double) throws {
    let shares = try SplitShares(train: train, validation: validation, test: test)
    for seed in 0..<30 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let examples = Self.examples(documents: 5, each: 1...4, using: &random)
      let split = try DatasetSplitter(shares: shares, seed: seed).split(examples)
      #expect(split.contains { $0.split == .validation } == (validation > 0))
      #expect(split.contains { $0.split == .test } == (test > 0))
      #expect(split.contains { $0.split == .train })
    }
  }

  private static func examples(
    documents: Int,
    each: ClosedRange<Int>,
    using random: inout SplitMix64
  ) -> [Example] {
    var examples: [Example] = []
    for document in 0..<documents {
      for number in 0..<Int.random(in: each, using: &random) {
        examples.append(
          Example(
            question: "What is \(number) of \(document)?",
            answer: random.text(count: 12),
            origin: .synthesized,
            source: .init(place: "attune://s/\(document)", document: "attune://s/\(document)")
          )
        )
      }
    }
    return examples
  }
}

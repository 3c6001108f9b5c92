import Datasets
import Testing

@Suite struct ContextAugmenterTests {
  private let examples = (0..<200).map { index in
    Example(
      question: "What is the code of item \(index)?",
      answer: "code\(index)",
      origin: .synthesized,
      passage: "The code of item \(index) is code\(index).",
      split: index < 150 ? .train : .validation
    )
  }

  @Test func passagesStandInTheQuestionInTheGivenShare() throws {
    let augmenter = try ContextAugmenter(distractors: 3, oracleShare: 0.8, seed: 5)
    let augmented = augmenter.augment(examples)
    var oracles = 0
    var firsts = 0
    for (before, after) in zip(examples, augmented) {
      let message = after.messages[0].content
      #expect(message.hasSuffix("Question: \(before.question ?? "")"))
      #expect((1...4).allSatisfy { message.contains("[\($0)] The code of item") })
      let passage = before.passage ?? ""
      oracles += message.contains(passage) ? 1 : 0
      firsts += message.hasPrefix("[1] \(passage)") ? 1 : 0
      #expect(after.distractors.count == (message.contains(passage) ? 3 : 4))
      #expect(after.distractors.allSatisfy { message.contains($0) && $0 != passage })
      #expect(after.answer == before.answer)
      // No passage of one split is learnt from in another.
      let pool = examples.filter { $0.split == before.split }.compactMap(\.passage)
      #expect(after.distractors.allSatisfy(pool.contains))
    }
    #expect((140...180).contains(oracles))
    #expect((20...65).contains(firsts))
  }

  @Test func theOrderOfExamplesDoesNotMatter() throws {
    let augmenter = try ContextAugmenter(distractors: 2, oracleShare: 1, seed: 1)
    let other = try ContextAugmenter(distractors: 2, oracleShare: 1, seed: 2)
    #expect(augmenter.augment(examples.reversed()).reversed() == augmenter.augment(examples))
    #expect(other.augment(examples) != augmenter.augment(examples))
  }

  @Test func ownDistractorsComeFirstAndAnswersStayOut() throws {
    var example = examples[3]
    example.distractors = ["Something else.", "It is code3 again."]
    let augmenter = try ContextAugmenter(
      distractors: 1,
      oracleShare: 1,
      seed: 1,
      frame: { "\($1) <\($0.sorted().joined(separator: "|"))>" }
    )
    let augmented = augmenter.augment(example, pool: ["code3 is here"])
    #expect(augmented.distractors == ["Something else."])
    #expect(
      augmented.question
        == "What is the code of item 3? <Something else.|The code of item 3 is code3.>"
    )
    var bare = example
    bare.passage = nil
    #expect(augmenter.augment(bare, pool: []) == bare)
    #expect(throws: DatasetError.self) {
      try ContextAugmenter(distractors: -1, oracleShare: 0.5, seed: 1)
    }
    #expect(throws: DatasetError.self) {
      try ContextAugmenter(distractors: 1, oracleShare: .nan, seed: 1)
    }
  }
}

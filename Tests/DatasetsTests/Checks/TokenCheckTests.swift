import Datasets
import Testing

@Suite struct TokenCheckTests {
  private func example(question: Int, answer: Int) -> Example {
    Example(
      question: Array(repeating: "why", count: question).joined(separator: " "),
      answer: Array(repeating: "so", count: answer).joined(separator: " "),
      origin: .imported
    )
  }

  @Test func lostTokensAreCountedExactly() throws {
    // 1 + 5 + 1 tokens of the question, then 1 + 8 + 1 of the answer, of which 9 are learnt.
    let examples = [example(question: 5, answer: 8), example(question: 1, answer: 1)]
    let check = DatasetChecker().check(examples, encoder: WordEncoder(maximumTokens: 12))
    #expect(check.lengths.unit == .tokens)
    #expect(check.lengths.limit == 12)
    #expect(check.lengths.examplesBeyondLimit == 1)
    #expect(check.lengths.lostTokens == 5)
    #expect(check.lengths.lostLearntTokens == 5)
    #expect(check.lengths.learnt == 11)
    #expect(check.lengths.total == 17 + 6)
    #expect(check.examples(with: .truncated) == [0])
    #expect(!check.isWorthless)
  }

  @Test func mostExamplesLosingEverythingIsWorthless() {
    let examples =
      (0..<3).map { example(question: 30 + $0, answer: 2) } + [example(question: 1, answer: 1)]
    let check = DatasetChecker().check(examples, encoder: WordEncoder(maximumTokens: 20))
    #expect(check.isWorthless)
    #expect(check.findings(of: .truncated).allSatisfy { $0.severity == .error })
  }

  @Test func endsAreChecked() {
    let examples = [example(question: 2, answer: 2), example(question: 3, answer: 4)]
    let wrong = DatasetChecker()
      .check(examples, encoder: WordEncoder(maximumTokens: 99, ending: 8))
    #expect(wrong.examples(with: .wrongEndToken) == [0, 1])
    #expect(wrong.isWorthless)
    let right = DatasetChecker().check(examples, encoder: WordEncoder(maximumTokens: 99))
    #expect(right.findings(of: .wrongEndToken).isEmpty)
  }

  @Test func maskedExamplesTrainNothing() {
    var examples = [example(question: 2, answer: 2), example(question: 3, answer: 4)]
    examples[1].messages[1].isLearnt = false
    let check = DatasetChecker().check(examples, encoder: WordEncoder(maximumTokens: 99))
    #expect(check.examples(with: .nothingLearnt) == [1])
    #expect(!check.isWorthless)
  }

  @Test func refusedConversationsAreNamed() {
    var examples = [example(question: 2, answer: 2), example(question: 3, answer: 4)]
    examples[0].messages.insert(.init(.system, "Be brief."), at: 0)
    let encoder = WordEncoder(maximumTokens: 99, refused: .system)
    #expect(DatasetChecker().check(examples, encoder: encoder).examples(with: .cannotEncode) == [0])
    #expect(DatasetChecker().check([examples[0]], encoder: encoder).isWorthless)
  }

  @Test(arguments: ["It is so.<|im_end|>", "[INST] Why?", "So.</s>", "So.\n### Response: No."])
  func markersInTextAreNamed(_ answer: String) {
    let example = Example(question: "Why is it so?", answer: answer, origin: .imported)
    #expect(DatasetChecker().check([example]).examples(with: .foreignMarker) == [0])
  }

  @Test(arguments: ["Use <s>old</s> new text.", "a < b and [x]", "### Results: good"])
  func plainTextHasNoMarkers(_ answer: String) {
    let example = Example(question: "Why is it so?", answer: answer, origin: .imported)
    #expect(DatasetChecker().check([example]).findings(of: .foreignMarker).isEmpty)
  }
}

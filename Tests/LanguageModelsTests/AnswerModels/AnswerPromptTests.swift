import LanguageModels
import TestSupport
import Testing
import Tokenizers

/// What an answer model reads.
@Suite struct AnswerPromptTests {
  private let model: AnswerModel
  private let tiny: TinyAnswerModel

  init() throws {
    tiny = try TinyAnswerModel(seed: 1)
    model = try tiny.load()
  }

  private func windows(_ question: String, _ passage: String) -> [AnswerPrompt] {
    AnswerPrompt.windows(
      question: question,
      passage: passage,
      tokenizer: model.tokenizer,
      tokens: model.tokens,
      limits: model.limits
    )
  }

  private func spelled(_ prompt: AnswerPrompt) -> String {
    prompt.ids.map { model.tokenizer.token(for: $0) ?? "?" }.joined(separator: " ")
  }

  @Test func aQuestionAndAPassageStandBetweenSpecialTokens() throws {
    let prompts = windows("The pumps?", "A pumping, 7")
    #expect(prompts.count == 1)
    let prompt = try #require(prompts.first)
    #expect(spelled(prompt) == "[CLS] the pump ##s ? [SEP] a pump ##ing , 7 [SEP]")
    #expect(prompt.types == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    #expect(prompt.copyable == 6..<11)
    #expect(prompt.scalars == [0..<1, 2..<6, 6..<9, 9..<10, 11..<12])
    #expect(prompt.startsWord == [true, true, false, true, true])
    #expect(prompt.endsWord == [true, false, true, true, true])
  }

  @Test func withoutAPassageThereIsNothingToCopy() {
    let prompt = AnswerPrompt(
      question: "the pump",
      tokenizer: model.tokenizer,
      tokens: model.tokens,
      limits: model.limits
    )
    #expect(spelled(prompt) == "[CLS] the pump [SEP]")
    #expect(prompt.copyable.isEmpty && prompt.types == [0, 0, 0, 0])
    let empty = windows("the pump", " \n")
    #expect(empty.map { spelled($0) } == ["[CLS] the pump [SEP] [SEP]"])
    #expect(empty[0].copyable.isEmpty)
  }

  @Test func writtenSpecialTokensArePlainText() {
    let prompt = windows("[SEP]", "[CLS] a")[0]
    #expect(prompt.ids.filter { $0 == model.tokens.end }.count == 2)
    #expect(prompt.ids.filter { $0 == model.tokens.start }.count == 1)
  }

  @Test func longQuestionsAreCut() {
    let prompt = windows(String(repeating: "a ", count: 500), "b")[0]
    #expect(prompt.questionCount == model.limits.questionTokens + 2)
    #expect(prompt.copyable.count == 1)
  }

  @Test func theLimitsOfTheRealModel() {
    let limits = AnswerLimits(positions: 512)
    #expect(limits.questionTokens == 64 && limits.answerTokens == 48)
    #expect(limits.passageTokens(besideQuestion: 64) == 512 - 49 - 67)
    let least = AnswerLimits(positions: AnswerLimits.fewestPositions)
    #expect(least.passageTokens(besideQuestion: least.questionTokens) >= 1)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func windowsCoverThePassageAndOverlap(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let passage = random.text(count: Int.random(in: 1...600, using: &random))
    let prompts = windows("the pump?", passage)
    let whole = model.tokenizer.encode(
      passage,
      addSpecialTokens: false,
      recognizesSpecialTokens: false
    )
    var covered = 0
    for (index, prompt) in prompts.enumerated() {
      #expect(prompt.ids.count + model.limits.answerTokens + 1 <= model.limits.positions)
      #expect(prompt.ids.first == model.tokens.start && prompt.ids.last == model.tokens.end)
      let ids = Array(prompt.ids[prompt.copyable])
      // Where the window lies: its first token's place is unique, as offsets grow.
      guard let first = prompt.scalars.first else {
        #expect(whole.ids.isEmpty)
        continue
      }
      let starts = whole.offsets.indices.filter {
        whole.offsets[$0] == first && Array(whole.ids[$0...].prefix(ids.count)) == ids
      }
      guard let start = starts.first(where: { $0 <= covered }) else {
        Issue.record("window \(index) does not follow the one before it")
        return
      }
      #expect(Array(whole.offsets[start..<start + ids.count]) == prompt.scalars)
      if index > 0 {
        let room = model.limits.passageTokens(besideQuestion: prompt.questionCount - 2)
        #expect(covered - start >= room / 4 || prompt.startsWord[0])
      }
      #expect(start + ids.count > covered)
      covered = start + ids.count
    }
    #expect(covered == whole.ids.count)
  }

  @Test func windowsBeginAndEndBetweenWords() {
    var random = SplitMix64(seed: 9)
    let words = (0..<300).map { _ in
      String(
        (0..<Int(random.next() % 6 + 1)).map { _ in "abcdefg".randomElement(using: &random) ?? "a" }
      )
    }
    let prompts = windows("a", words.joined(separator: " "))
    #expect(prompts.count > 10)
    for prompt in prompts {
      #expect(prompt.startsWord.first == true)
      #expect(prompt.endsWord.last == true)
    }
  }

  @Test func positionsWithinARangeAreThoseOfWholeTokens() {
    let prompt = windows("a", "the pumping, pump")[0]
    let first = prompt.copyable.lowerBound
    #expect(prompt.positions(within: 4..<11) == first + 1..<first + 3)
    #expect(prompt.positions(within: 5..<12) == first + 2..<first + 4)
    #expect(prompt.positions(within: 5..<8).isEmpty)
    #expect(prompt.positions(within: 0..<17) == prompt.copyable)
  }
}

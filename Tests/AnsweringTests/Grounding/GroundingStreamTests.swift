import Answering
import Knowledge
import TestSupport
import Testing

/// From what a generator writes to sentences that are checked.
@Suite struct GroundingStreamTests {
  static let ferret = PassageFixture.passage(
    "The ferret sleeps fourteen hours each day. It eats meat and eggs.",
    title: "Ferrets"
  )
  static let otter = PassageFixture.passage(
    "The otter swims in the river and eats fish. See https://otters.example/food for more.",
    id: 2,
    title: "Otters"
  )

  private func prompt(_ passages: [StoredPassage] = [ferret, otter]) throws -> GroundedPrompt {
    try GroundedPromptBuilder(countTokens: { $0.count / 4 }, makeNonce: { "0123456789abcdef" })
      .prompt(for: "What do they eat?", context: PassageFixture.context(passages))
  }

  private func sentences(
    _ text: String,
    _ passages: [StoredPassage] = [ferret, otter],
    pieces: Int = 1,
    seed: UInt64 = 1
  ) throws -> [GroundedSentence] {
    var stream = GroundingStream(prompt: try prompt(passages), question: "What do they eat?")
    var random = SplitMix64(seed: seed)
    var rest = text[...]
    var result: [GroundedSentence] = []
    while !rest.isEmpty {
      let count = pieces == 1 ? rest.count : Int.random(in: 1...pieces, using: &random)
      result += try stream.push(String(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return try result + stream.finish()
  }

  @Test func aSentenceCitesItsPlace() throws {
    let all = try sentences("The ferret eats meat and eggs [1]. The otter eats fish. [2]")
    #expect(all.map(\.text) == ["The ferret eats meat and eggs.", "The otter eats fish."])
    #expect(all.allSatisfy { $0.isSupported && !$0.isRealigned && $0.unknownMarkers.isEmpty })
    #expect(
      all.map { $0.citations.map(\.quote) } == [
        ["It eats meat and eggs."],
        ["The otter swims in the river and eats fish."],
      ]
    )
    #expect(
      all.displayText == "The ferret eats meat and eggs. [1] The otter eats fish. [2]"
    )
  }

  @Test(arguments: [
    "The otter eats fish [2].", "The otter eats fish. [2]", "The otter eats fish.[2]",
    "The otter eats fish [1, 2].", "The otter eats fish [1][2].", "The otter eats fish [1-2].",
    "The otter eats fish. [1] [2]", "The otter eats fish [passage 2].", "[2] The otter eats fish.",
    "The otter eats fish【2】.", "The otter eats fish【2†source】.", "The otter [2] eats fish.",
    "The otter eats fish\n[2]", "The otter eats fish [#2].",
  ])
  func markersInAllForms(_ text: String) throws {
    let all = try sentences(text)
    let sentence = try #require(all.first)
    #expect(all.count == 1 && sentence.isSupported && !sentence.isRealigned)
    #expect(sentence.text.hasPrefix("The otter eats fish"))
    #expect(sentence.citations.map(\.passage) == [2])
  }

  @Test func markersStayWithTheirSentence() throws {
    let text = "The ferret eats meat. [1] The otter eats fish.[2] It eats eggs.\n[1] The end."
    for pieces in [1, 3, 7] {
      let all = try sentences(text, pieces: pieces)
      #expect(
        all.map(\.text).first == "The ferret eats meat." && all[1].text == "The otter eats fish."
      )
      #expect(all[0].citations.map(\.passage) == [1] && all[1].citations.map(\.passage) == [2])
    }
  }

  @Test(arguments: [
    "The otter eats fish [9].", "The otter eats fish [0].", "The otter eats fish [2][17].",
    "The otter eats fish [99999999999999999999999].", "The otter eats fish [3-5].",
  ])
  func unknownMarkersGo(_ text: String) throws {
    let all = try sentences(text)
    let sentence = try #require(all.first)
    #expect(all.count == 1 && !sentence.unknownMarkers.isEmpty)
    #expect(
      sentence.text == "The otter eats fish." && sentence.display == "The otter eats fish. [1]"
    )
  }

  @Test func aWrongMarkerIsPutRight() throws {
    let sentence = try #require(try sentences("The otter eats fish [1].").first)
    #expect(sentence.isSupported && sentence.isRealigned && sentence.citations[0].passage == 2)
  }

  @Test func foreignLinksAndMarkupGo() throws {
    let text = """
      The otter eats [fish](https://evil.example/a?b=1) <b>in</b> the river [2]. \
      The ferret eats meat (see www.evil.example) [1]. \
      The otter eats fish, see evil.example/login [2]. \
      The ferret eats eggs ![x](http://evil.example/pixel.png) <script>alert(1)</script>[1].
      """
    for sentence in try sentences(text) {
      #expect(!sentence.text.contains("evil") && !sentence.text.contains("<"))
      #expect(!sentence.removed.isEmpty)
    }
    let own = try #require(
      try sentences("See https://otters.example/food for more on the otter [2].").first
    )
    #expect(own.isSupported && own.text.contains("https://otters.example/food"))
  }

  @Test func abstainingIsNoSentence() throws {
    var stream = GroundingStream(prompt: try prompt(), question: "What do they eat?")
    let all = try stream.push("The data does not answer this.") + stream.finish()
    #expect(all.isEmpty && stream.hasAbstained)
  }

  @Test func thePromptIsNotRepeated() throws {
    let prompt = try prompt()
    for message in prompt.messages {
      for line in message.content.split(separator: "\n")
      where message.role == .system || line.contains("0123456789abcdef") {
        let all = try sentences(String(line))
        #expect(all.allSatisfy { !$0.isSupported && !$0.text.contains("0123456789abcdef") })
      }
    }
    #expect(try sentences("You answer a question from numbered passages and nothing.").isEmpty)
  }

  @Test func thinkingAloudIsNotAnAnswer() throws {
    let text = "<think>The otter eats fish [2]. Hm.</think>\n\nThe ferret eats meat [1]."
    for pieces in [1, 4] {
      let all = try sentences(text, pieces: pieces)
      #expect(all.map(\.text) == ["The ferret eats meat."])
    }
    #expect(try sentences("<think>The otter eats fish [2].").isEmpty)
  }

  @Test func signsThatSteerATerminalGo() throws {
    let sentence = try #require(
      try sentences("The otter\u{1B}[31m eats\u{202E} fish\u{7} [2].").first
    )
    #expect(!sentence.text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
  }

  @Test func sentencesDoNotDependOnThePieces() throws {
    let text = """
      The ferret sleeps 14 hours [1]. Dr. Holm says it eats meat.[1] See e.g. https://evil.example [2].
      - The otter eats fish [2]
      - It swims in the river. [2][7]

      1. The ferret eats eggs [1, 2]. No. 12 is “unknown”. Über 3.5 km… [2] 今日は雨。明日は？
      """
    let whole = try sentences(text)
    #expect(whole.count >= 8)
    for seed in 0..<60 {
      #expect(try sentences(text, pieces: Int(seed % 12) + 1 + 1, seed: UInt64(seed)) == whole)
    }
  }

  @Test func endlessTextIsCut() throws {
    let all = try sentences(String(repeating: "otter fish ", count: 3000), pieces: 50)
    #expect(all.count > 5 && all.allSatisfy { $0.text.count <= 2000 })
    _ = try sentences(String(repeating: "[", count: 9000), pieces: 50)
    _ = try sentences(String(repeating: " ", count: 9000), pieces: 50)
  }

  @Test(arguments: [
    "a-", "a.", "[a](", "(", "<a ", "[", "a@", "http://", "www.", "1.", "1,", "not ",
  ])
  func repetitionCostsLittle(_ scrap: String) throws {
    let text = String(repeating: scrap, count: 6000 / scrap.count)
    let time = try ContinuousClock().measure { _ = try sentences(text) }
    #expect(time < .seconds(20))
  }

  @Test func dotsAloneMakeNoLink() throws {
    let text = "The ferret eats meat.It eats eggs, e.g. as in report.pdf v1.2.3 of the U.S. [1]"
    let all = try sentences(text)
    #expect(all.flatMap(\.removed).isEmpty)
    let mail = try sentences("The otter eats fish, ask a.b@evil.example or evil.io/x [2].")
    #expect(mail.allSatisfy { !$0.text.contains("evil") && !$0.text.contains("@") })
  }

  @Test func noPassagesNoSupport() throws {
    let all = try sentences("The otter eats fish [1].", [])
    #expect(all.allSatisfy { !$0.isSupported && $0.citations.isEmpty && $0.unknownMarkers == [1] })
  }

  @Test func anyTextIsTaken() throws {
    var random = SplitMix64(seed: 11)
    let scraps = [
      "[1]", "[", "]", "[2", "【", "†", "<", ">", "<think>", "</think>", "http://", "(", ")", ".",
      "\n", " ", "otter", "Fish", "14", "%", "https://otters.example/food", "[1-999999999]",
      "![a](", "\r\n",
    ]
    for _ in 0..<300 {
      let text = (0..<40).map { _ in
        Int.random(in: 0..<4, using: &random) == 0
          ? random.text(count: 3) : scraps.randomElement(using: &random) ?? ""
      }.joined()
      for sentence in try sentences(text, pieces: 9) {
        #expect(sentence.isSupported == sentence.faults.isEmpty)
        #expect(sentence.isSupported != sentence.citations.isEmpty)
      }
    }
  }
}

import Datasets
import Testing

@Suite struct ReadingMixtureTests {
  private let documents = [ReadingTexts.edison, ReadingTexts.bridge]

  @Test func theSameSeedMakesTheSameExamples() {
    let one = ReadingMixture().synthetic(documents)
    let again = ReadingMixture().synthetic(documents)
    #expect(one.examples == again.examples && !one.examples.isEmpty)
    #expect(one.report == again.report)
    var settings = ReadingMixture.Settings()
    settings.seed = 2
    #expect(ReadingMixture(settings: settings).synthetic(documents).examples != one.examples)
  }

  @Test func noExampleIsMadeTwiceAndEachIsCounted() {
    let made = ReadingMixture().synthetic(documents + documents)
    let keys = made.examples.map { "\($0.question.lowercased())\n\($0.passage ?? "")" }
    #expect(Set(keys).count == keys.count)
    #expect(made.report.counts.values.reduce(0, +) == made.examples.count)
  }

  @Test func asManyAreMadeAsAreWanted() {
    var settings = ReadingMixture.Settings()
    (settings.clauses, settings.recurring, settings.crossed) = (3, 0, 0)
    (settings.abbreviations, settings.mismatched, settings.removed) = (1, 0, 0)
    let made = ReadingMixture(settings: settings).synthetic(documents)
    #expect(made.report.counts == ["clause": 3, "abbreviation": 1])
  }

  @Test func nothingIsMadeFromWhatIsKeptForMeasuring() {
    let words = ReadingTexts.bridge.passages[0].split(separator: " ")
    // Twelve words of it, set apart from their punctuation.
    let measured = "Before that. " + words[20..<34].joined(separator: " , ") + " Behind that."
    let made = ReadingMixture(measured: [measured]).synthetic(documents)
    #expect(made.report.sharedPassages == 1)
    #expect(made.examples.allSatisfy { $0.source == "test:edison" })
    let few = words[20..<31].joined(separator: " ")
    #expect(ReadingMixture(measured: [few]).synthetic(documents).report.sharedPassages == 0)
  }

  @Test func aPassageIsCutAroundItsAnswerAtSentences() {
    let sentences = (0..<60).map { "Sentence number \($0) tells about the year \(1900 + $0)." }
    let text = sentences.joined(separator: " ")
    let scalars = text.unicodeScalars.count
    let questions = (0..<60).map { index in
      let start = sentences[..<index].reduce(0) { $0 + $1.unicodeScalars.count + 1 }
      let end = start + sentences[index].unicodeScalars.count
      #expect(end <= scalars)
      return ReadingQuestion(
        question: "Which year is told of in number \(index)?",
        text: text,
        answer: end - 5..<end - 1,
        kind: "test",
        source: "test"
      )
    }
    let made = ReadingMixture().human(questions).examples
    #expect(made.count == 60)
    var starts: Set<Int> = []
    for example in made {
      #expect(example.isAligned)
      #expect((example.passage?.split(separator: " ").count ?? 0) <= 200)
      #expect(example.passage?.hasPrefix("Sentence number") == true)
      #expect(example.passage?.hasSuffix(".") == true)
      starts.insert((example.start ?? 0) / 100)
    }
    #expect(starts.count > 5)
  }
}

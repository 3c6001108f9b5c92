import Answering
import Foundation
import Testing

/// How readings of several passages become one answer.
@Suite struct JointReadingTests {
  private static let question = "When was the harbour wall built?"

  private func entry(_ replies: [(text: String, probability: Double)], score: Double = 0)
    -> JointReading.Entry
  {
    JointReading.Entry(
      reading: PassageReading(
        replies: replies.map {
          PassageReading.Reply(
            text: $0.text,
            copied: [3..<5],
            isVerbatim: true,
            logProbability: log($0.probability)
          )
        },
        logProbabilityOfNone: log(0.1),
        tokens: 9
      ),
      score: score,
      quote: 0..<10,
      isRow: false
    )
  }

  @Test func passagesThatAgreeOutweighOneThatIsSurer() {
    let joint = JointReading(
      [entry([("1931", 0.6)]), entry([("in 1904", 0.4)]), entry([("In 1904.", 0.4)])],
      question: Self.question,
      sharpness: 0
    )
    #expect(joint.choice?.reply.text == "in 1904")
    #expect(joint.choice?.further == 1)
    #expect(abs(exp(joint.choice?.logProbability ?? 0) - 0.8 / 3) < 1e-9)
    #expect(abs((joint.choice?.lead ?? 0) - log(0.8 / 0.6)) < 1e-9)
  }

  @Test func theBetterQuoteCountsMore() {
    let entries = [entry([("1931", 0.5)], score: 2), entry([("1904", 0.6)], score: 0)]
    func choice(_ sharpness: Double) -> String? {
      JointReading(entries, question: Self.question, sharpness: sharpness).choice?.reply.text
    }
    #expect(choice(0) == "1904" && choice(1) == "1931")
  }

  @Test func anArticleMakesNoOtherAnswer() {
    let joint = JointReading(
      [entry([("the red tower", 0.3), ("a wall", 0.4)]), entry([("Red Tower", 0.3)])],
      question: Self.question,
      sharpness: 0
    )
    #expect(joint.choice?.reply.text == "the red tower")
  }

  @Test func nothingReadIsNothingChosen() {
    let none = JointReading(
      [entry([]), entry([("—", 0.9)])],
      question: Self.question,
      sharpness: 1
    )
    #expect(none.choice == nil && none.features.values.allSatisfy(\.isFinite))
    #expect(abs(exp(none.features.noneAnywhere) - 0.1) < 1e-9)
    let empty = JointReading([], question: Self.question, sharpness: 1)
    #expect(empty.choice == nil && empty.features.values.allSatisfy(\.isFinite))
  }

  @Test func featuresSayWhatSpeaksForIt() {
    let reading = JointReading([entry([("1904", 0.5)])], question: Self.question, sharpness: 1)
    let features = reading.features
    #expect(features.inBestPassage == 1 && features.inBestQuote == 1 && features.verbatim == 1)
    #expect(features.typeMatch == 1 && features.typeMismatch == 0 && features.echo == 0)
    let echoed = JointReading(
      [entry([("harbour wall", 0.5)])],
      question: Self.question,
      sharpness: 1
    )
    #expect(echoed.features.echo == 1 && echoed.features.typeMismatch == 1)
    #expect(features.values.count == ReadingFeatures.names.count)
  }

  @Test func figuresComeBackFromTheirNames() {
    let standard = ReadingCalibration.standard
    #expect(ReadingCalibration(standard.values) == standard)
    var values = standard.values
    values["short.echo"] = nil
    #expect(ReadingCalibration(values) == nil && ReadingCalibration([:]) == nil)
  }
}

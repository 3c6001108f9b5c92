import Evaluation
import Testing

@Suite struct AnswerMetricsTests {
  @Test func normalisationEqualsTheScriptOfSQuAD() throws {
    for row in try Golden.load().answers.normalized {
      let found = AnswerMetrics.normalized(row[0])
      #expect(
        found.unicodeScalars.elementsEqual(row[1].unicodeScalars),
        "\(row[0].debugDescription)"
      )
    }
  }

  @Test func matchAndOverlapEqualTheFormulas() throws {
    for pair in try Golden.load().answers.pairs {
      let accepted = [pair.accepted]
      #expect(AnswerMetrics.exactMatch(pair.answer, accepted: accepted) == pair.exact)
      #expect(agree(AnswerMetrics.f1(pair.answer, accepted: accepted), pair.f1))
      #expect(agree(AnswerMetrics.rougeL(pair.answer, accepted: accepted), pair.rougeL))
    }
  }

  @Test func theBestOfSeveralAcceptedAnswersCounts() {
    let accepted = ["radar gauge", "the tide gauge"]
    #expect(AnswerMetrics.exactMatch("Tide gauge.", accepted: accepted))
    #expect(AnswerMetrics.f1("tide gauge", accepted: accepted) == 1)
    #expect(AnswerMetrics.rougeL("the tide gauge", accepted: accepted) == 1)
    #expect(!AnswerMetrics.exactMatch("tide gauge", accepted: []))
    #expect(AnswerMetrics.f1("tide gauge", accepted: []) == 0)
  }

  @Test(arguments: [
    // (answer, accepted, contains)
    ("The list price is EUR 3,480.", "3480", true),
    ("The list price is 3480 EUR.", "3,480 EUR", true),
    ("It costs €3,480.00 net.", "3,480", true),
    ("It costs 3\u{202F}480 €.", "€3480", true),
    ("Swiss price: 1'234'567.", "1234567", true),
    ("It costs 13,480.", "3,480", false),
    ("It costs 3,480,000.", "3,480", false),
    ("Items 100, 200 and 300", "100200", false),
    ("A share of 12.50 %", "12.5 percent", true),
    ("A share of 12.5%", "12.50%", true),
    ("A share of 125%", "12.5%", false),
    ("Firmware 1.10.2", "1.1.2", false),
    ("Firmware 1.10.2 is out.", "1.10.2", true),
    ("Firmware 1.10.2 is out.", "10.2", false),
    ("Use the Tarnwick 4L mast.", "Tarnwick 4", false),
    ("Use the Tarnwick 4, please.", "tarnwick 4", true),
    ("Order TW-400 today", "TW-40", false),
    ("Order TW 400 today", "TW-400", true),
    ("It is −5 °C at night.", "-5", true),
    ("It is 5 °C at night.", "-5", false),
    ("Pages 10-5", "5", true),
    ("Ask the harbour office.", "The harbour office", true),
    ("Ask harbour office staff.", "the harbour office", true),
    ("Category A applies.", "category a", true),
    ("Category B applies.", "category a", false),
    ("Ask Ilse Brakkvold’s deputy.", "Ilse Brakkvold", true),
    ("Ask Ilse Brakkvoldsen.", "Ilse Brakkvold", false),
    ("Cafe\u{301} Meridian", "Café meridian", true),
    ("A load of 3,480kg", "3480kg", true),
    ("A load of 3,480kg", "3", false),
    ("A hose of 12.50m", "12.5m", true),
    ("A hose of 12.50m", "12", false),
    ("Released 1.10.2b today", "1.10.2b", true),
    ("Room 007", "7", false),
    ("anything", "", false),
    ("anything", "…", false),
    ("", "anything", false),
    ("Paid on 2024.05.01.", "2024.05.01", true),
    ("Version 2. Then 5", "2", true),
  ])
  func containment(answer: String, accepted: String, contains: Bool) {
    #expect(AnswerMetrics.contains(answer, accepted: [accepted]) == contains)
  }

  @Test func everyTextContainsItselfAndItsWords() {
    let text = "On 3 May, Ravi’s team re-filled 1,250.50 l (−3 %) into LB-16; see §4.2.1…"
    #expect(AnswerMetrics.contains(text, accepted: [text]))
    #expect(AnswerMetrics.contains("Before. \(text) After.", accepted: [text]))
  }
}

import Documents
import TestSupport
import Testing

@Suite("Sentences")
struct SentenceSplitterTests {
  private func sentences(_ text: String) -> [String] {
    let indexed = IndexedText(text)
    return SentenceSplitter.ranges(in: text).map { indexed.slice($0) ?? "" }
  }

  @Test("Sentences end where they end")
  func ends() {
    #expect(
      sentences("It rained. Did it? Yes! \"Stop.\" He left.") == [
        "It rained.", "Did it?", "Yes!", "\"Stop.\"", "He left.",
      ]
    )
    #expect(sentences("  One \n\n two\n") == ["One", "two"])
    #expect(sentences("") == [])
  }

  @Test("Abbreviations, initials, decimals and addresses do not end one")
  func inside() {
    for text in [
      "Ask Dr. Holm or Mr. A. B. Strand, e.g. Monday.", "It costs EUR 3.50 in Fig. 4 today.",
      "See No. 12 on veldmark.example now.", "Version 4.1.7 of approx. 3 files.",
    ] {
      #expect(sentences(text) == [text])
    }
    #expect(sentences("He said no. They left.").count == 2)
  }

  @Test("List lines are sentences without their bullets, with their numbers")
  func lists() {
    #expect(
      sentences("You need:\n- a lamp\n• a rope.\n1. Open it. Look.") == [
        "You need:", "a lamp", "a rope.", "1. Open it.", "Look.",
      ]
    )
  }

  @Test("Other scripts")
  func scripts() {
    #expect(sentences("今日は雨。明日は？はい！") == ["今日は雨。", "明日は？", "はい！"])
    #expect(sentences("هل هذا صحيح؟ نعم۔ شكرا.").count == 3)
    #expect(sentences("यह है। वह है।").count == 2)
  }

  @Test("Ranges ascend and hold every visible sign but bullets")
  func cover() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let text = RandomDocuments.words(&random, upTo: 80)
      let indexed = IndexedText(text)
      var end = 0
      for range in SentenceSplitter.ranges(in: text) {
        #expect(range.lowerBound >= end && range.upperBound <= indexed.count && !range.isEmpty)
        #expect(indexed.slice(end..<range.lowerBound)?.allSatisfy(\.isWhitespace) == true)
        end = range.upperBound
      }
    }
  }
}

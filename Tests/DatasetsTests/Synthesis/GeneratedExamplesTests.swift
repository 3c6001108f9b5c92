import Datasets
import Testing

@Suite struct GeneratedExamplesTests {
  private let passage = SynthesisPassage(
    text: "Travel is repaid within 30 days. The limit for meals is $55 per day in Berlin.",
    title: "Travel policy",
    headings: ["Meals"],
    place: "attune://s/t.md#chars=0-70",
    document: "attune://s/t.md"
  )

  @Test func aReplyInJSONIsChecked() async throws {
    let found = try await GeneratedExamples.make(from: passage, count: 3) { prompt in
      #expect(prompt.contains("Write 3 questions"))
      #expect(prompt.contains(self.passage.text))
      #expect(prompt.contains("Travel policy › Meals"))
      return """
        Sure! Here you are:
        ```json
        [{"question": "What is the limit for meals in Berlin?", "answer": "$55 per day"},
         {"question": "When is travel repaid?", "answer": "Within 45 days"},
         {"question": "What does the passage limit?", "answer": "meals"},
         {"question": "Is $55 per day the limit in Berlin?", "answer": "$55 per day"},
         {"question": "Who approves the trips of employees?", "answer": "The head of finance"},
         {"question": "what is the limit for meals in Berlin", "answer": "$55"}]
        ```
        """
    }
    #expect(found.examples.map(\.answer) == ["$55 per day"])
    #expect(found.examples.first?.passage == passage.text)
    #expect(found.examples.first?.origin == .synthesized)
    #expect(found.rejections.count == 5)
    #expect(
      found.rejections[0].reason == "the number 45 of the answer does not stand in the passage"
    )
  }

  @Test(arguments: [
    "1. Q: When is travel repaid?\n   A: Within 30 days",
    "**Question:** When is travel repaid?\n**Answer:** Within 30 days",
    "{\"question\": \"When is travel repaid?\", \"answer\": \"Within 30 days\"}\n{\"question\":",
    "{\"questions\": [{\"q\": \"When is travel repaid?\", \"a\": \"Within 30 days\"}]}",
    "[{\"question\": \"When is travel repaid?\", \"answer\": \"Within 30 days\"}, {\"question\": \"Wh",
  ])
  func otherRepliesAreReadToo(reply: String) throws {
    let found = try GeneratedExamples.parse(reply, passage: passage)
    #expect(found.examples.map(\.question) == ["When is travel repaid?"])
    #expect(found.examples.map(\.answer) == ["Within 30 days"])
  }

  @Test(arguments: ["", "I cannot do that.", "[[[[", "[]", "{\"question\": 3, \"answer\": []}"])
  func aReplyWithoutQuestionsIsAFault(reply: String) {
    let error = #expect(throws: DatasetError.self) {
      try GeneratedExamples.parse(reply, passage: passage)
    }
    #expect(error?.code == .malformed)
  }
}

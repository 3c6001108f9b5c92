import Datasets
import Testing

@Suite struct ExampleTests {
  @Test func theQuestionIsTheLastBeforeTheAnswer() {
    let example = Example(
      [
        .init(.system, "Be brief."), .init(.user, "Who?"), .init(.assistant, "Ada."),
        .init(.user, "When?"), .init(.assistant, "1842."), .init(.user, "Thanks"),
      ],
      origin: .imported
    )
    #expect(example.question == "When?")
    #expect(example.answer == "1842.")
  }
}

import ArgumentParser
import Attune
import Datasets

struct FeedbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feedback",
    abstract: "Say whether an answer was right, or what the right answer is.",
    discussion: """
      Every answered question is a candidate to train on. A good answer is kept, a bad one dropped, and \
      the right answer in your own words becomes an example in its place. Saying something else later \
      takes back what was said before.

      attune trace lists the latest answers with their identifiers.

      Example: attune feedback 3f2a "Thirty-one days in a calendar year."
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The answer's identifier, or its beginning.")
  var answer: String

  @Argument(help: "good, bad, or the right answer.")
  var verdict: [String]

  private struct Line: Encodable {
    let answerId: String
    let question: String
    let verdict: String
    let exampleId: String?
    let state: String?
  }

  func run() throws {
    global.start()
    let text = verdict.joined(separator: " ")
    let (said, name): (Feedback.Verdict, String) =
      switch text.lowercased() {
      case "good": (.good, "good")
      case "bad": (.bad, "bad")
      default: (.correction(text), "correction")
      }
    let receipt = try global.openWorkspace().giveFeedback(said, onAnswer: answer)
    if output.json {
      try JSONOutput.print(
        Line(
          answerId: receipt.answer,
          question: receipt.question,
          verdict: name,
          exampleId: receipt.example,
          state: receipt.state?.rawValue
        )
      )
      return
    }
    switch (said, receipt.example) {
    case (_, nil):
      Terminal.line("Noted. The answer gave no example to train on.")
    case (.good, _):
      Terminal.line("Kept as an example: \(Terminal.safeLine(receipt.question))")
    case (.bad, _):
      Terminal.line("Dropped: it will not be trained on.")
    case (.correction, _):
      Terminal.line("Kept with your answer: \(Terminal.safeLine(receipt.question))")
    }
  }
}

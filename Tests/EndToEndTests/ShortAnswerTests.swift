import Foundation
import TestSupport
import Testing

/// Short answers of the answer model that comes with the program.
@Suite(
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(
    if: AttuneProgram.hasAnswerModel,
    "needs the answer model, built into the program's folder"
  ),
  .enabled(if: Tool.hasPython, "needs python3")
)
struct ShortAnswerTests {
  private static func batch() -> String {
    Harbor.questions.enumerated()
      .map { "{\"id\": \"\($0)\", \"question\": \"\($1)\"}" }.joined(separator: "\n")
  }

  @Test(
    "every short answer stands to the letter where its first citation says, and before its quote"
  )
  func citations() throws {
    let workspace = try Harbor.workspace()
    let run = try workspace.run("ask", "--batch", "-", "--json", input: Self.batch())
    #expect(run.status == 0 && run.jsonLines.count == Harbor.questions.count, "\(run)")
    for answer in run.jsonLines {
      #expect(answer["citations"].array.allSatisfy { $0["verified"].bool == true }, "\(answer)")
      let short = answer["short_answer"]
      guard short.exists else {
        #expect(answer["generator"].string == "extractive", "\(answer)")
        continue
      }
      let text = try #require(short["text"].string)
      #expect(answer["generator"].string == "attune-answer" && !text.isEmpty, "\(answer)")
      #expect(answer["answer"].string?.hasPrefix("\(text) [1]") == true, "\(answer)")
      #expect(short["markers"].array.first?.int == 1 && short["confidence"].double != nil)
      if short["verbatim"].bool == true {
        #expect(answer["citations"][0]["quote"].string == text, "\(answer)")
      }
    }
  }

  @Test("the trace says what was read, and quoting alone can be asked for")
  func traceAndChoice() throws {
    let workspace = try Harbor.workspace()
    let question = "How many days of leave does a lighthouse keeper get?"
    let answer = try workspace.run("ask", question, "--json").json
    let trace = try workspace.run("trace", answer["id"].string ?? "", "--json").json["trace"]
    #expect(trace["reading"]["reader"].string == "attune-answer", "\(trace)")
    #expect(!trace["reading"]["passages"].array.isEmpty)
    #expect(try workspace.run("trace", answer["id"].string ?? "").output.contains("Read by"))

    let file = workspace.root.appendingPathComponent("attune.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let extractive = text.replacing("models:\n", with: "models:\n  generator: extractive\n")
    try #require(extractive != text)
    try Data(extractive.utf8).write(to: file)
    let quoted = try workspace.run("ask", question, "--json")
    #expect(quoted.json["generator"].string == "extractive", "\(quoted)")
    #expect(!quoted.json["short_answer"].exists)
    let again = try workspace.run("trace", quoted.json["id"].string ?? "", "--json")
    #expect(!again.json["trace"]["reading"].exists)
  }

  @Test("it answers from memory, the same each time, and is named among the models")
  func fromMemory() throws {
    let folder = try TemporaryDirectory()
    func run(_ arguments: String...) throws -> Run {
      try AttuneProgram.run(arguments, in: folder.url)
    }
    let first = try run("generate", "--model", "attune-answer", "What is the capital of France?")
    #expect(first.status == 0 && first.output.count > 1, "\(first)")
    let json = try run(
      "generate",
      "--model",
      "attune-answer",
      "--json",
      "What is the capital of France?"
    )
    #expect(json.json["text"].string == first.output.trimmingCharacters(in: .newlines), "\(json)")
    let refused = try run("generate", "--model", "attune-answer", "--raw", "x")
    #expect(refused.status != 0 && refused.errors.contains("--raw"), "\(refused)")
    let shown = try run("models", "show", "attune-answer")
    #expect(shown.status == 0 && shown.output.contains("model.safetensors"), "\(shown)")
    #expect(try run("doctor").output.contains("attune-answer"))
  }
}

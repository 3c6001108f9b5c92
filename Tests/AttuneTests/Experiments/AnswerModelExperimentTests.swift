import Attune
import Evaluation
import Foundation
import TestSupport
import Testing

/// The experiment that measures the answer model, on a new model and few questions.
@Suite(.enabled(if: EmbeddingModel.isPresent, "no embedding model in the cache"))
struct AnswerModelExperimentTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try FreshAnswerModel.write(to: directory.url.appending(path: "model"))
  }

  private func run(_ part: String, settings: String = "") throws -> ExperimentReport {
    let root = directory.url.path
    try directory.write(
      """
      name: answer-model
      purpose: a quick look
      data: { xquad: "\(root)/xquad.json", example: "\(root)/company" }
      settings: { kind: answer-model, model: "\(root)/model", parts: [\(part)] \(settings) }
      expect: { xquad.f1: { atLeast: 0 } }
      """,
      to: "experiment.yaml"
    )
    return try ExperimentRunner(workFolder: directory.url.appending(path: "work"))
      .run(directory.url.appending(path: "experiment.yaml"))
  }

  @Test func readsTheRightPassages() throws {
    let text = "Ada Lovelace wrote the first program. Charles Babbage drew the engine."
    let start = try #require(text.range(of: "Charles")).lowerBound.utf16Offset(in: text)
    try directory.write(
      """
      {"data": [{"title": "T", "paragraphs": [{"context": "\(text)", "qas": [
      {"id": "1", "question": "Who wrote?", "answers": [{"text": "Ada Lovelace", "answer_start": 0}]},
      {"id": "2", "question": "Who drew?", "answers":
      [{"text": "Charles Babbage", "answer_start": \(start)}]}]}]}]}
      """,
      to: "xquad.json"
    )
    let figures = try run("gold").outcome.figures
    #expect(figures["citations.exact"] == 1)
    for name in ["xquad.em", "xquad.f1", "xquad.abstains", "citations.overlap"] {
      #expect(figures[name].map { (0...1).contains($0) } == true)
    }
    #expect(figures["memory.known-after"] == nil)
  }

  @Test(arguments: ["low-rank", "full"])
  func learnsByHeart(method: String) throws {
    let questions = (1...4).flatMap { fact in
      (1...3).map { wording in
        let split = wording < 3 ? "train" : "test"
        let known = wording < 3 ? "null" : #""known""#
        return """
          {"id": "\(fact)-\(wording)", "question": "wording \(wording) of depot \(fact)", \
          "answers": ["kestrel \(fact)"], "kind": "lookup", "fact": "f\(fact)", \
          "wording": \(wording), "split": "\(split)", "protocol": \(known)}
          """
      }
    }
    try directory.write(questions.joined(separator: "\n"), to: "company/questions/questions.jsonl")
    let memory =
      "memory: { method: \(method), rank: 8, learning-rate: 2.0e-3, epochs: 12, "
      + "questions-per-step: 4, shortened-wordings: 1 }"
    let figures = try run("memory", settings: ", \(memory)").outcome.figures
    let before = try #require(figures["memory.known-before"])
    let after = try #require(figures["memory.known-after"])
    #expect(before < 0.3)
    #expect(after > before)
    #expect(figures["memory.seconds"].map { $0 > 0 } == true)
    #expect(figures["memory.alike-after"] != nil)
  }

  @Test func unknownPartIsRefused() throws {
    #expect(throws: AttuneError.self) { try run("guessing") }
  }
}

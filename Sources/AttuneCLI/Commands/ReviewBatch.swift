import Attune
import Datasets
import Foundation

/// Decisions on examples from a JSONL file, taken in order, one line of JSON each.
struct ReviewBatch {
  let path: String
  let dataset: String

  private struct Line: Decodable {
    let id: String
    let decision: String
    let answer: String?
  }

  private struct Outcome: Encodable {
    let id: String
    let exampleId: String
    let state: String
  }

  /// Takes each decision; a line that cannot be read or taken prints an object with `id` and `error`,
  /// and the rest goes on.
  ///
  /// - Returns: How many lines failed.
  func run(in workspace: Workspace) throws -> Int {
    var failures = 0
    let lines = try BatchLines(path: path)
    while let line = lines.next() {
      var id = "\(line.number)"
      do {
        let item = try read(line.text, number: line.number)
        id = item.id
        let found = try workspace.example(item.id, in: dataset)
        let now =
          try decision(item, number: line.number)
          .map { try workspace.decide($0, on: found.id, in: dataset) } ?? found
        try JSONOutput.print(Outcome(id: id, exampleId: now.id, state: now.state.rawValue))
      } catch {
        failures += 1
        try JSONOutput.print(BatchFailure(id: id, error: .init(error)))
      }
    }
    return failures
  }

  private func read(_ text: String, number: Int) throws -> Line {
    do {
      return try JSONDecoder().decode(Line.self, from: Data(text.utf8))
    } catch {
      throw invalid("A line of the batch is no decision.", number)
    }
  }

  /// Nil where the example is left as it is.
  private func decision(_ line: Line, number: Int) throws -> ReviewDecision? {
    switch line.decision {
    case "keep": return .keep
    case "drop": return .drop
    case "skip": return nil
    case "correct":
      guard let answer = line.answer else {
        throw invalid("A correction has no “answer”.", number)
      }
      return .correct(answer)
    default:
      throw invalid("“\(line.decision)” is no decision.", number)
    }
  }

  private func invalid(_ message: String, _ number: Int) -> AttuneError {
    AttuneError(
      .batchInvalid,
      message,
      subject: "\(path == "-" ? "standard input" : path), line \(number)",
      remedy: "Write {\"id\": …, \"decision\": \"keep\", \"correct\", \"drop\" or \"skip\"}, and "
        + "“answer” to correct."
    )
  }
}

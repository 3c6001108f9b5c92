public import Foundation

/// Evaluation questions as JSON Lines: one object a line with `id`, `question`, `answers`, `kind`,
/// `fact`, `wording`, `topic`, `places`, `split`, `protocol`, `table`. Unknown keys are passed over.
public enum QuestionFile {
  /// Reads the questions, in the order of the file.
  ///
  /// - Throws: ``EvaluationError`` naming file, line, reason and remedy; also where an identifier
  ///   occurs twice or a question is blank.
  public static func read(_ url: URL) throws -> [Question] {
    let file = EvaluationFile(url: url)
    var firstLines: [String: Int] = [:]
    return try file.records(
      as: Question.self,
      remedy: "Write one JSON object a line, with at least \"id\" and \"question\" as text."
    ).map { line, question in
      if let first = firstLines.updateValue(line, forKey: question.id) {
        throw file.fault(
          .duplicate,
          "The id \"\(question.id)\" stands on line \(first) already.",
          line: line,
          remedy: "Give every question an id of its own."
        )
      }
      if question.question.allSatisfy(\.isWhitespace) {
        throw file.fault(
          .malformed,
          "The question \"\(question.id)\" is blank.",
          line: line,
          remedy: "Write the question, or remove the line."
        )
      }
      return question
    }
  }
}

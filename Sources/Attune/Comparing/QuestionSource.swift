import Datasets
import Evaluation
import Foundation

/// Reads the questions of a comparison, whatever form they have.
struct QuestionSource {
  let workspace: Workspace

  /// All questions, those of every part.
  ///
  /// - Throws: ``AttuneError``, `EvaluationError` or `DatasetError` naming file, line and remedy.
  func read(_ questions: ComparisonRequest.Questions) throws -> [Question] {
    switch questions {
    case .dataset(let name):
      let examples = try workspace.trainingExamples(dataset: name).examples
      return Self.questions(examples)
    case .file(let path): return try read(URL(fileURLWithPath: path))
    }
  }

  private func read(_ url: URL) throws -> [Question] {
    if url.pathExtension.lowercased() == "json", let squad = try? SQuADFile(reading: url) {
      return squad.questions
    }
    do {
      return try QuestionFile.read(url)
    } catch let error as EvaluationError where error.code == .malformed {
      // It may hold examples in another form; where it does not, its first fault is told.
      guard let read = try? DatasetFile.read(url), !read.examples.isEmpty else { throw error }
      guard let first = read.failures.first else { return Self.questions(read.examples) }
      throw AttuneError(
        .examplesInvalid,
        "\(read.failureCount) of its items cannot be read; the first is in line \(first.line): "
          + first.reason,
        subject: url.path,
        remedy: "Mend them, and compare again."
      )
    }
  }

  /// Examples as questions with one accepted answer each.
  private static func questions(_ examples: [Example]) -> [Question] {
    examples.enumerated().compactMap { index, example in
      guard let question = example.question, let answer = example.answer else { return nil }
      return Question(
        id: "q-\(index + 1)",
        question: question,
        answers: answer.isEmpty ? [] : [answer],
        kind: answer.isEmpty ? .unanswerable : .lookup,
        topic: example.source.map(\.document),
        places: example.source.map { source in
          [Question.Place(document: source.document, quote: answer)]
        } ?? [],
        split: example.split?.rawValue
      )
    }
  }
}

import Evaluation
import Foundation
import LanguageModels

/// Measures answers to questions of a SQuAD file, each read from the paragraph that it is asked about.
struct GoldPassages {
  /// What came of a question.
  struct Result {
    var read: ReadTask
    /// The likeliest answer, however likely it is that there is none.
    var answer: AnswerReading.Hypothesis?
    var exactMatch: Bool
    var f1: Double
    /// Whether the model takes it for likelier that there is no answer.
    var abstains: Bool
    /// Whether a part of the paragraph that the answer is copied from overlaps a gold range.
    var citesGold: Bool
    /// Whether all copied parts have the paragraph's own characters.
    var copiesExactly: Bool
  }

  let results: [Result]

  /// Reads the paragraphs.
  ///
  /// - Parameters:
  ///   - url: the SQuAD file.
  ///   - limit: how many questions are asked; all if nil.
  ///   - model: the model.
  ///   - progress: told how far it is.
  /// - Throws: `EvaluationError` where the file cannot be read, or what the model throws.
  init(
    of url: URL,
    limit: Int? = nil,
    readBy model: AnswerModel,
    progress: (String) -> Void
  ) throws {
    let starts = try AnswerStarts(reading: url)
    let asked = try SQuADFile(reading: url).paragraphs
      .flatMap { paragraph in paragraph.questions.map { ($0, paragraph.text) } }.sample(limit)
    var results: [Result] = []
    for (question, text) in asked {
      let task = ReadingTask(
        id: question.id,
        question: question.question,
        passages: [ReadingTask.Passage(text: text)],
        answers: question.answers,
        isAnswerable: question.isAnswerable
      )
      results.append(Result(try task.read(by: model), gold: starts.ranges(of: question.id)))
      if results.count % 100 == 0 {
        progress("gold passages: \(results.count) of \(asked.count)")
      }
    }
    self.results = results
  }

  /// Mean F1 over all questions.
  var f1: Double {
    results.isEmpty ? 0 : results.reduce(0) { $0 + $1.f1 } / Double(results.count)
  }

  func note(in report: inout ExperimentReport) {
    guard !results.isEmpty else { return }
    func share(_ of: [Result], _ holds: (Result) -> Bool) -> Double {
      of.isEmpty ? 0 : Double(of.count(where: holds)) / Double(of.count)
    }
    let abstaining = results.reduce(0) { $0 + ($1.abstains ? 0 : $1.f1) } / Double(results.count)
    let correct = results.filter(\.exactMatch)
    report.note(
      "Gold passages: \(results.count) questions",
      [
        ("xquad.em", "exact match", share(results, \.exactMatch)), ("xquad.f1", "F1", f1),
        ("xquad.abstains", "takes no answer for likelier", share(results, \.abstains)),
        ("xquad.f1-abstaining", "F1 where that counts as 0", abstaining),
        (
          "citations.overlap", "right answers that cite the gold range", share(correct, \.citesGold)
        ),
        ("citations.exact", "copied parts equal the source", share(results, \.copiesExactly)),
      ]
    )
  }
}

extension GoldPassages.Result {
  init(_ read: ReadTask, gold: [Range<Int>]) {
    let best = read.readings.first?.hypotheses.first
    let none = read.readings.first?.logProbabilityOfNone ?? 0
    self.read = read
    answer = best
    exactMatch = AnswerMetrics.exactMatch(best?.text ?? "", accepted: read.task.answers)
    f1 = AnswerMetrics.f1(best?.text ?? "", accepted: read.task.answers)
    abstains = none > best?.logProbability ?? -.infinity
    let copied = best?.copied ?? []
    citesGold = copied.contains { range in gold.contains { $0.overlaps(range) } }
    let scalars = Array((read.task.passages.first?.text ?? "").unicodeScalars)
    copiesExactly = copied.allSatisfy { range in
      guard range.lowerBound >= 0, range.upperBound <= scalars.count, let best else { return false }
      var part = String.UnicodeScalarView()
      part.append(contentsOf: scalars[range])
      return best.pieces.count == 1 ? best.text == String(part) : best.text.contains(String(part))
    }
  }
}

extension AnswerReading.Hypothesis {
  /// The ranges of the passage that it is copied from.
  var copied: [Range<Int>] {
    pieces.compactMap { piece in
      if case .copied(let range) = piece { range } else { nil }
    }
  }
}

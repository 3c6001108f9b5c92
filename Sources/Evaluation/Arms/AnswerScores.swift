/// The scores of one answer to one question, each from 0 to 1.
public struct AnswerScores: Hashable, Sendable {
  /// A measure is missing where it does not apply to the question or the answer.
  public private(set) var values: [Measure: Double] = [:]

  /// Scores an answer.
  ///
  /// - ``Measure/right``: of an answerable question, whether the answer holds an accepted one
  ///   (``AnswerMetrics/contains(_:accepted:)``); of a count or sum, also whether the arm says that a
  ///   calculation is wanted; of an unanswerable one, whether it abstains.
  /// - ``Measure/exact``, ``Measure/f1``, ``Measure/rougeL``: of questions with an accepted answer
  ///   that are no count or sum; 0 where nothing was answered.
  /// - ``Measure/abstainedRightly`` of unanswerable questions, ``Measure/abstainedWrongly`` of others.
  /// - ``Measure/citationPrecision`` and ``Measure/citationRecall``: of given answers to questions
  ///   that name places; there is no precision where nothing is cited. Recall wants every place of a
  ///   question on several documents, and any one place of others.
  /// - ``Measure/supported``: of given answers, as the run says.
  /// - ``Measure/terminology``: of answerable questions whose first accepted answer holds a term.
  ///
  /// An answer that failed scores 0 wherever a measure applies.
  ///
  /// - Parameters:
  ///   - answer: what the arm said.
  ///   - question: what it was asked.
  ///   - terms: the company's own; without them there is no ``Measure/terminology``.
  public init(_ answer: ArmAnswer, to question: Question, terms: CompanyTerms? = nil) {
    let isCalculation = question.kind == .countSum
    let isAnswered = answer.outcome == .answered
    let didAbstain = answer.outcome == .abstained
    guard question.isAnswerable || isCalculation else {
      values[.right] = didAbstain ? 1 : 0
      values[.abstainedRightly] = didAbstain ? 1 : 0
      return
    }
    let holdsAnswer =
      isAnswered && AnswerMetrics.contains(answer.answer, accepted: question.answers)
    let asksToCalculate = isCalculation && answer.outcome == .calculation
    values[.right] = holdsAnswer || asksToCalculate ? 1 : 0
    values[.abstainedWrongly] = didAbstain ? 1 : 0
    if !isCalculation {
      let accepted = question.answers
      let isExact = isAnswered && AnswerMetrics.exactMatch(answer.answer, accepted: accepted)
      values[.exact] = isExact ? 1 : 0
      values[.f1] = isAnswered ? AnswerMetrics.f1(answer.answer, accepted: accepted) : 0
      values[.rougeL] = isAnswered ? AnswerMetrics.rougeL(answer.answer, accepted: accepted) : 0
      values[.terminology] = question.answers.first.flatMap {
        terms?.share(of: isAnswered ? answer.answer : "", accepted: $0)
      }
    }
    guard isAnswered else { return }
    values[.supported] = answer.supported.map { min(1, max(0, $0)) }
    guard !question.places.isEmpty else { return }
    let matches = CitationMatch(cited: answer.citations, places: question.places)
    values[.citationPrecision] = matches.precision
    values[.citationRecall] = matches.recall(needsAll: question.kind == .severalDocuments)
  }

  /// A score; nil where the measure does not apply.
  public subscript(measure: Measure) -> Double? { values[measure] }

  /// The scores by the measures' raw values, as reports keep them.
  public var byName: [String: Double] {
    Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
  }
}

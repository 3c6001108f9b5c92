import Knowledge

/// An answer before its citations are checked.
struct Draft {
  let outcome: Answer.Outcome
  let confidence: Double
  var citations: [Citation] = []
  var calculation: CalculationRequest?

  /// The answer with the citations that hold. Markers are counted anew, and a draft of which nothing
  /// holds becomes an abstention.
  /// There is one fault per citation, nil where it holds.
  func keeping(faults: [CitationChecker.Fault?], ofHits nearest: [SearchHit]) -> Answer {
    let holding = zip(citations, faults).filter { $0.1 == nil }.map(\.0)
    let checked = holding.enumerated().map { index, citation in
      var citation = citation
      citation.marker = index + 1
      citation.verified = true
      return citation
    }
    let ended: Answer.Outcome = outcome == .answered && checked.isEmpty ? .abstained : outcome
    return Answer(
      id: "",
      question: "",
      outcome: ended,
      text: text(of: ended, citations: checked),
      citations: checked,
      refused: faults.compactMap(\.self),
      confidence: confidence,
      calculation: calculation,
      nearest: ended == .answered ? [] : nearest,
      generator: Answerer.generatorName,
      promptTokens: 0,
      completionTokens: 0,
      timings: AnswerTimings()
    )
  }

  /// The answer that a generator wrote. Where the passages hold nothing of it, it is an abstention.
  func keeping(_ written: WrittenAnswer, by generator: String, ofHits nearest: [SearchHit])
    -> Answer
  {
    let holds = written.holds
    return Answer(
      id: "",
      question: "",
      outcome: holds ? .answered : .abstained,
      text: holds ? written.sentences.displayText : text(of: .abstained, citations: []),
      sentences: holds ? written.sentences : [],
      citations: written.citations,
      refused: written.refused,
      confidence: confidence,
      calculation: nil,
      nearest: holds ? [] : nearest,
      generator: generator,
      promptTokens: written.usage.promptTokens,
      completionTokens: written.usage.completionTokens,
      timings: AnswerTimings(),
      contextNote: written.record.fit.note
    )
  }

  private func text(of outcome: Answer.Outcome, citations: [Citation]) -> String {
    switch outcome {
    case .answered:
      return citations.map { "\($0.quote) [\($0.marker)]" }.joined(separator: "\n")
    case .abstained:
      return "The data does not answer this."
    case .calculation:
      guard let calculation else { return "This needs a calculation." }
      return "This needs a calculation over table \(calculation.tableName)"
        + " (\(verb(for: calculation.operation)) its \(calculation.rowCount) rows)."
        + " Attune quotes what stands in the data and does not compute yet."
    }
  }

  private func verb(for operation: CalculationRequest.Operation) -> String {
    switch operation {
    case .count: "counting"
    case .sum: "adding up values of"
    case .average: "averaging over"
    case .rank: "ranking"
    }
  }
}

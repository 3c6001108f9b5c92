import Knowledge

/// An answer before its citations are checked.
struct Draft {
  let outcome: Answer.Outcome
  let confidence: Double
  /// Those of the short answer first.
  var citations: [Citation] = []
  var short: ShortDraft?
  var calculation: CalculationRequest?

  /// The answer with the citations that hold. Markers are counted anew; a short answer with a citation
  /// that does not hold is left out, and a draft of which nothing holds becomes an abstention.
  ///
  /// - Parameters:
  ///   - reader: what the short answer is from.
  ///   - faults: one per citation, nil where it holds.
  ///   - nearest: what is shown where there is no answer.
  /// - Returns: the answer.
  func keeping(
    by reader: String?,
    faults: [CitationChecker.Fault?],
    ofHits nearest: [SearchHit]
  ) -> Answer {
    let shortCount = short?.parts.count ?? 0
    let keepsShort = shortCount > 0 && faults.prefix(shortCount).allSatisfy { $0 == nil }
    let holding = zip(citations, faults).enumerated().filter { index, pair in
      pair.1 == nil && (keepsShort || index >= shortCount)
    }.map(\.element.0)
    let checked = holding.enumerated().map { index, citation in
      var citation = citation
      citation.marker = index + 1
      citation.verified = true
      return citation
    }
    let ended: Answer.Outcome = outcome == .answered && checked.isEmpty ? .abstained : outcome
    let shown = keepsShort ? short : nil
    return Answer(
      id: "",
      question: "",
      outcome: ended,
      text: text(of: ended, citations: checked, short: shown),
      shortAnswer: shown.map {
        ShortAnswer(
          text: $0.text,
          markers: Array(1...shortCount),
          isVerbatim: $0.isVerbatim,
          confidence: $0.confidence
        )
      },
      citations: checked,
      refused: faults.compactMap(\.self),
      confidence: confidence,
      calculation: calculation,
      nearest: ended == .answered ? [] : nearest,
      generator: shown == nil ? Answerer.generatorName : reader ?? Answerer.generatorName,
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

  private func text(
    of outcome: Answer.Outcome,
    citations: [Citation],
    short: ShortDraft? = nil
  ) -> String {
    switch outcome {
    case .answered:
      let shortCount = short?.parts.count ?? 0
      let quotes = citations.dropFirst(shortCount).map { "\($0.quote) [\($0.marker)]" }
        .joined(separator: "\n")
      guard let short else { return quotes }
      let markers = citations.prefix(shortCount).map { "[\($0.marker)]" }
      let answer = ([short.text] + markers).joined(separator: " ")
      return quotes.isEmpty ? answer : answer + "\n\n" + quotes
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

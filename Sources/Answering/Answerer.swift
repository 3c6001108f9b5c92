import Documents
import Foundation
public import Knowledge

/// Answers questions: searches, gathers a context, reads it for quotes, checks each citation, and
/// keeps a trace.
public struct Answerer: Sendable {
  private let passages: any PassageStore
  private let traces: any TraceStore
  private let embedder: any TextEmbedder
  private let searcher: Searcher
  private let contextBuilder: ContextBuilder
  private let reader: ExtractiveReader
  private let calibration: AnswerCalibration
  private let settings: AnswerSettings
  private let searchSettings: SearchSettings
  private let environment: AnswerEnvironment

  /// Hits that are searched for; the context takes the best of them.
  private static let searchDepth = 20
  /// Nearest passages shown where there is no answer.
  private static let nearestCount = 3
  private static let tracedQuotes = 12

  public static let generatorName = "extractive"

  public init(
    passages: any PassageStore,
    traces: any TraceStore,
    embedder: any TextEmbedder,
    search: SearchSettings = SearchSettings(),
    context: ContextSettings = ContextSettings(),
    answers: AnswerSettings = AnswerSettings(),
    calibration: AnswerCalibration = .standard,
    environment: AnswerEnvironment = AnswerEnvironment()
  ) {
    self.passages = passages
    self.traces = traces
    self.embedder = embedder
    self.calibration = calibration
    self.environment = environment
    settings = answers
    searchSettings = search
    searcher = Searcher(store: passages, embedder: embedder, settings: search)
    contextBuilder = ContextBuilder(store: passages, settings: context) { [embedder] text in
      embedder.countTokens(text)
    }
    reader = ExtractiveReader(embedder: embedder, weights: calibration.ranking)
  }

  /// Answers one question and keeps its trace.
  public func answer(_ question: String, filter: SearchFilter = SearchFilter()) throws -> Answer {
    let clock = ContinuousClock()
    let start = clock.now
    let evidence = try evidence(for: question, filter: filter)
    let retrieved = clock.now
    let decision = try decide(question, evidence: evidence, filter: filter)
    let draft = compose(decision, question: question)
    let faults = try CitationChecker(store: passages).faults(of: draft.citations)
    var answer = draft.keeping(
      faults: faults,
      ofHits: Array(evidence.hits.prefix(Self.nearestCount))
    )
    answer.id = environment.makeIdentifier()
    answer.question = question
    answer.promptTokens = evidence.context.reduce(0) { $0 + $1.tokens }
    answer.completionTokens = answer.citations.reduce(0) { $0 + embedder.countTokens($1.quote) }
    let end = clock.now
    answer.timings = AnswerTimings(
      retrieve: milliseconds(retrieved - start),
      generate: milliseconds(end - retrieved),
      total: milliseconds(end - start)
    )
    do {
      try save(answer, evidence: evidence, filter: filter)
    } catch {
      // An answer that cannot be kept is still an answer: the workspace may be read-only.
      answer.traceFault = error
    }
    return answer
  }

  /// What is weighed for a question, for those who fit and measure. Nothing is kept.
  package func consider(_ question: String) throws -> [ConsideredQuote] {
    try evidence(for: question, filter: SearchFilter()).candidates.map {
      ConsideredQuote(text: $0.text, features: $0.features)
    }
  }

  // MARK: Steps

  private struct Evidence {
    let hits: [SearchHit]
    let context: [ContextPart]
    let candidates: [QuoteCandidate]
  }

  private struct Decision {
    let outcome: Answer.Outcome
    let confidence: Double
    let quotes: [QuoteCandidate]
    let calculation: CalculationRequest?
  }

  private func evidence(for question: String, filter: SearchFilter) throws -> Evidence {
    let asked = try AskedQuestion(question, store: passages, embedder: embedder)
    let hits = try searcher.search(
      question,
      vector: asked.vector,
      filter: filter,
      limit: Self.searchDepth
    )
    let context = try contextBuilder.context(for: hits)
    let candidates = try reader.candidates(for: asked, hits: hits)
    return Evidence(hits: hits, context: context, candidates: candidates)
  }

  private func decide(
    _ question: String,
    evidence: Evidence,
    filter: SearchFilter
  ) throws -> Decision {
    let confidence = calibration.confidence(of: evidence.candidates)
    let bestProse = calibration.confidence(
      of: evidence.candidates.filter { $0.passage.passage.fields.isEmpty }
    )
    let tables = try passages.tables(matching: filter)
    let detector = CalculationDetector(tables: tables)
    if let request = detector.request(in: question, hits: evidence.hits, bestProse: bestProse) {
      return Decision(
        outcome: .calculation,
        confidence: confidence,
        quotes: [],
        calculation: request
      )
    }
    guard confidence >= settings.minimumConfidence, let best = evidence.candidates.first else {
      return Decision(outcome: .abstained, confidence: confidence, quotes: [], calculation: nil)
    }
    let close = evidence.candidates.prefix { $0.score >= best.score - calibration.quoteMargin }
    return Decision(
      outcome: .answered,
      confidence: confidence,
      quotes: Array(close.prefix(settings.quotes)),
      calculation: nil
    )
  }

  private func compose(_ decision: Decision, question: String) -> Draft {
    switch decision.outcome {
    case .answered:
      let citations = decision.quotes.enumerated().map { index, quote in
        Citation(
          marker: index + 1,
          range: quote.range,
          text: quote.text,
          passage: quote.passage,
          column: ColumnChooser.column(askedFor: question, in: quote.passage.passage)
        )
      }
      return Draft(outcome: .answered, confidence: decision.confidence, citations: citations)
    case .abstained, .calculation:
      return Draft(
        outcome: decision.outcome,
        confidence: decision.confidence,
        calculation: decision.calculation
      )
    }
  }

  private func save(
    _ answer: Answer,
    evidence: Evidence,
    filter: SearchFilter
  ) throws {
    let chosen = Dictionary(grouping: answer.citations, by: \.passage)
    let trace = AnswerTrace(
      outcome: answer.outcome,
      generator: answer.generator,
      embedder: embedder.identity,
      search: searchSettings,
      filter: filter,
      confidence: answer.confidence,
      minimumConfidence: settings.minimumConfidence,
      calculation: answer.calculation,
      retrieved: evidence.hits.map {
        AnswerTrace.Retrieved(passage: $0.passage.id, score: $0.score, scores: $0.scores)
      },
      context: evidence.context.map {
        AnswerTrace.ContextEntry(passage: $0.passage.id, role: $0.role, tokens: $0.tokens)
      },
      quotes: evidence.candidates.prefix(Self.tracedQuotes).map { candidate in
        let start = candidate.passage.passage.location.characters.lowerBound
        let place = (start + candidate.range.lowerBound)..<(start + candidate.range.upperBound)
        return AnswerTrace.Quote(
          passage: candidate.passage.id,
          characters: candidate.range,
          score: candidate.score,
          features: Dictionary(
            uniqueKeysWithValues: zip(QuoteFeatures.names, candidate.features.values)
          ),
          chosen: chosen[candidate.passage.id]?.contains { $0.location.characters == place }
            ?? false
        )
      },
      refused: answer.refused,
      timings: answer.timings
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let passageIDs = Set(
      evidence.hits.map(\.passage.id) + evidence.context.map(\.passage.id)
    )
    try traces.save(
      AnswerRecord(
        id: answer.id,
        createdAt: environment.now(),
        question: answer.question,
        answer: answer.text,
        citations: String(decoding: try encoder.encode(answer.citations), as: UTF8.self),
        trace: String(decoding: try encoder.encode(trace), as: UTF8.self),
        passages: passageIDs.sorted()
      )
    )
  }

  private func milliseconds(_ duration: Duration) -> Double {
    (duration / .milliseconds(1) * 1000).rounded() / 1000
  }
}

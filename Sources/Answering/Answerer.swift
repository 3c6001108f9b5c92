import Documents
import Foundation
public import Knowledge

/// Answers questions: searches, gathers a context, reads it for quotes or has a generator write from
/// it, checks each citation, and keeps a trace.
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
  private let generator: (any TextGenerator)?
  private let writing: WritingSettings
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
    generator: (any TextGenerator)? = nil,
    writing: WritingSettings = WritingSettings(),
    environment: AnswerEnvironment = AnswerEnvironment()
  ) {
    self.passages = passages
    self.traces = traces
    self.embedder = embedder
    self.calibration = calibration
    self.generator = generator
    self.writing = writing
    self.environment = environment
    settings = answers
    searchSettings = search
    searcher = Searcher(store: passages, embedder: embedder, settings: search)
    contextBuilder = ContextBuilder(store: passages, settings: context) { [embedder] text in
      embedder.countTokens(text)
    }
    reader = ExtractiveReader(embedder: embedder, weights: calibration.ranking)
  }

  /// Answers one question in quotes, whatever generator there is, and keeps its trace.
  public func answer(_ question: String, filter: SearchFilter = SearchFilter()) throws -> Answer {
    let asked = try ask(question, filter: filter)
    return finish(try quoted(asked), asked: asked, typed: question)
  }

  /// Answers one question and keeps its trace. Where there is a generator, and the data seems to hold an
  /// answer, the generator writes it; else the answer is quotes.
  ///
  /// - Parameters:
  ///   - question: the question, which stands alone.
  ///   - typed: as it was typed, where that is something else; answer and trace keep this.
  ///   - filter: which documents may be read.
  ///   - onSentence: takes each sentence that the generator writes, once it is checked. What it throws
  ///     ends the answer.
  /// - Returns: the answer.
  /// - Throws: ``GenerationError`` or the generator's own error, `KnowledgeError`, the store's error, or
  ///   what `onSentence` throws.
  public func answer(
    _ question: String,
    typed: String? = nil,
    filter: SearchFilter = SearchFilter(),
    onSentence: @escaping @Sendable (GroundedSentence) async throws -> Void
  ) async throws -> Answer {
    let asked = try ask(question, filter: filter)
    guard let generator, asked.decision.outcome == .answered else {
      return finish(try quoted(asked), asked: asked, typed: typed ?? question)
    }
    let writer = GroundedWriter(
      generator: generator,
      settings: writing,
      checker: CitationChecker(store: passages)
    )
    let written = try await writer.write(
      question,
      context: try contextBuilder.context(for: asked.evidence.hits),
      onSentence: onSentence
    )
    let draft = Draft(outcome: .answered, confidence: asked.decision.confidence)
    let answer = draft.keeping(
      written,
      by: generator.name,
      ofHits: Array(asked.evidence.hits.prefix(Self.nearestCount))
    )
    return finish(answer, asked: asked, typed: typed ?? question, written: written)
  }

  /// What is weighed for a question, for those who fit and measure. Nothing is kept.
  package func consider(_ question: String) throws -> [ConsideredQuote] {
    try evidence(for: question, filter: SearchFilter()).candidates.map {
      ConsideredQuote(text: $0.text, features: $0.features)
    }
  }

  // MARK: Steps

  /// A question with what was found for it and what is to come of it.
  private struct Asked {
    let question: String
    let filter: SearchFilter
    let evidence: Evidence
    let decision: Decision
    let start: ContinuousClock.Instant
    let retrieved: ContinuousClock.Instant
  }

  private struct Evidence {
    let hits: [SearchHit]
    let candidates: [QuoteCandidate]
  }

  private struct Decision {
    let outcome: Answer.Outcome
    let confidence: Double
    let quotes: [QuoteCandidate]
    let calculation: CalculationRequest?
  }

  private func ask(_ question: String, filter: SearchFilter) throws -> Asked {
    let start = ContinuousClock.now
    let evidence = try evidence(for: question, filter: filter)
    let retrieved = ContinuousClock.now
    return Asked(
      question: question,
      filter: filter,
      evidence: evidence,
      decision: try decide(question, evidence: evidence, filter: filter),
      start: start,
      retrieved: retrieved
    )
  }

  /// The answer in quotes, its citations checked.
  private func quoted(_ asked: Asked) throws -> Answer {
    let draft = compose(asked.decision, question: asked.question)
    var answer = draft.keeping(
      faults: try CitationChecker(store: passages).faults(of: draft.citations),
      ofHits: Array(asked.evidence.hits.prefix(Self.nearestCount))
    )
    answer.promptTokens = asked.evidence.candidates.reduce(0) { $0 + $1.tokens }
    answer.completionTokens = answer.citations.reduce(0) { $0 + embedder.countTokens($1.quote) }
    return answer
  }

  /// Gives an answer its name and times, and keeps it.
  private func finish(
    _ answer: Answer,
    asked: Asked,
    typed: String,
    written: WrittenAnswer? = nil
  ) -> Answer {
    var answer = answer
    answer.id = environment.makeIdentifier()
    answer.question = typed
    let end = ContinuousClock.now
    answer.timings = AnswerTimings(
      retrieve: milliseconds(asked.retrieved - asked.start),
      generate: milliseconds(end - asked.retrieved),
      total: milliseconds(end - asked.start)
    )
    do {
      try save(answer, evidence: asked.evidence, filter: asked.filter, written: written)
    } catch {
      // An answer that cannot be kept is still an answer: the workspace may be read-only.
      answer.traceFault = error
    }
    return answer
  }

  private func evidence(for question: String, filter: SearchFilter) throws -> Evidence {
    let asked = try AskedQuestion(question, store: passages, embedder: embedder)
    let hits = try searcher.search(
      question,
      vector: asked.vector,
      filter: filter,
      limit: Self.searchDepth
    )
    return Evidence(hits: hits, candidates: try reader.candidates(for: asked, hits: hits))
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
    filter: SearchFilter,
    written: WrittenAnswer?
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
      calculation: answer.calculation?.operation,
      retrieved: evidence.hits.map {
        AnswerTrace.Retrieved(passage: $0.passage.id, score: $0.score, scores: $0.scores)
      },
      context: written?.context.map {
        AnswerTrace.ContextEntry(passage: $0.passage.id, role: $0.role, tokens: $0.tokens)
      }
        // Quotes come from the passages found; what stands around them is not read.
        ?? evidence.candidates.map {
          AnswerTrace.ContextEntry(passage: $0.passage.id, role: .hit, tokens: $0.tokens)
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
      timings: answer.timings,
      generation: written?.record
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var passageIDs = Set(
      evidence.hits.map(\.passage.id) + (written?.context ?? []).map(\.passage.id)
    )
    if let table = answer.calculation?.document {
      // The answer names the table, so it is to be forgotten with it.
      passageIDs.formUnion(try passages.passages(ofDocument: table, ordinals: 0..<1).map(\.id))
    }
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

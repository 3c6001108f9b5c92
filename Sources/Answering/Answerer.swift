import Documents
public import Knowledge

/// Answers questions: searches, gathers a context, reads it for quotes and a short answer or has a
/// generator write from it, checks each citation, and keeps a trace.
public struct Answerer: Sendable {
  let passages: any PassageStore
  let traces: any TraceStore
  let embedder: any TextEmbedder
  private let searcher: Searcher
  let reranker: (any PassageReranker)?
  private let contextBuilder: ContextBuilder
  private let quoteReader: ExtractiveReader
  let reader: (any PassageReader)?
  let calibration: AnswerCalibration
  let settings: AnswerSettings
  let searchSettings: SearchSettings
  private let generator: (any TextGenerator)?
  private let writing: WritingSettings
  let environment: AnswerEnvironment

  /// Hits that are searched for; the context takes the best of them.
  private static let searchDepth = 20
  /// Nearest passages shown where there is no answer.
  private static let nearestCount = 3

  public static let generatorName = "extractive"

  /// Joins what answering needs.
  ///
  /// - Parameters:
  ///   - passages: what is searched.
  ///   - traces: where answers are kept.
  ///   - embedder: the one that made the passages' vectors.
  ///   - search: how passages are searched for.
  ///   - reranker: what reads the best hits of a search; none where absent.
  ///   - context: what a generator gets to read.
  ///   - answers: when and how answers are given.
  ///   - calibration: how quotes are ranked and how sure an answer is.
  ///   - generator: what writes answers; they are quotes where it is absent.
  ///   - reader: what puts a short answer before the quotes; not used where there is a generator.
  ///   - writing: how the generator writes.
  ///   - environment: where identifiers and time come from.
  public init(
    passages: any PassageStore,
    traces: any TraceStore,
    embedder: any TextEmbedder,
    search: SearchSettings = SearchSettings(),
    reranker: (any PassageReranker)? = nil,
    context: ContextSettings = ContextSettings(),
    answers: AnswerSettings = AnswerSettings(),
    calibration: AnswerCalibration = .standard,
    generator: (any TextGenerator)? = nil,
    reader: (any PassageReader)? = nil,
    writing: WritingSettings = WritingSettings(),
    environment: AnswerEnvironment = AnswerEnvironment()
  ) {
    self.passages = passages
    self.traces = traces
    self.embedder = embedder
    self.reranker = reranker
    self.calibration = calibration
    self.generator = generator
    self.reader = generator == nil ? reader : nil
    self.writing = writing
    self.environment = environment
    settings = answers
    searchSettings = search
    searcher = Searcher(
      store: passages,
      embedder: embedder,
      settings: search,
      reranker: reranker
    )
    contextBuilder = ContextBuilder(store: passages, settings: context) { [embedder] text in
      embedder.countTokens(text)
    }
    quoteReader = ExtractiveReader(embedder: embedder, weights: calibration.ranking)
  }

  /// Answers one question in quotes, whatever generator there is, and keeps its trace. A reader puts a
  /// short answer before them where it is sure.
  public func answer(_ question: String, filter: SearchFilter = SearchFilter()) throws -> Answer {
    let asked = try ask(question, filter: filter)
    return finish(try quoted(asked), asked: asked, typed: question)
  }

  /// Answers one question and keeps its trace. Where there is a generator, and the data seems to hold an
  /// answer, the generator writes it; else the answer is quotes, behind the reader's short answer where
  /// there is one.
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

  /// What is weighed for a question, for those who fit and measure: the quotes, those first whose passages
  /// the reader has read. Nothing is kept.
  package func consider(_ question: String) throws -> [ConsideredQuote] {
    let candidates = try evidence(for: question, filter: SearchFilter()).candidates
    let readings = try read(question, candidates: candidates)?.passages.map(\.reading) ?? []
    return candidates.enumerated().map { index, candidate in
      ConsideredQuote(
        text: candidate.text,
        features: candidate.features,
        range: candidate.range,
        isRow: !candidate.passage.passage.fields.isEmpty,
        reading: index < readings.count ? readings[index] : nil
      )
    }
  }

  // MARK: Steps

  /// A question with what was found for it and what is to come of it.
  struct Asked {
    let question: String
    let filter: SearchFilter
    let evidence: Evidence
    let decision: Decision
    let start: ContinuousClock.Instant
    let retrieved: ContinuousClock.Instant
  }

  struct Evidence {
    let hits: [SearchHit]
    let candidates: [QuoteCandidate]
    /// How long the reranker read; nil where none did.
    let reranking: Duration?
  }

  struct Decision {
    let outcome: Answer.Outcome
    let confidence: Double
    let quotes: [QuoteCandidate]
    var calculation: CalculationRequest?
    var reading: Reading?
    /// Why the reader could not be used.
    var readerFault: (any Error)?
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
      by: reader?.name,
      faults: try CitationChecker(store: passages).faults(of: draft.citations),
      ofHits: Array(asked.evidence.hits.prefix(Self.nearestCount))
    )
    answer.promptTokens =
      asked.evidence.candidates.reduce(0) { $0 + $1.tokens } + (asked.decision.reading?.tokens ?? 0)
    answer.readerFault = asked.decision.readerFault
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
      rerank: asked.evidence.reranking.map(milliseconds),
      generate: milliseconds(end - asked.retrieved),
      total: milliseconds(end - asked.start)
    )
    do {
      try save(answer, asked: asked, written: written)
    } catch {
      // An answer that cannot be kept is still an answer: the workspace may be read-only.
      answer.traceFault = error
    }
    return answer
  }

  private func evidence(for question: String, filter: SearchFilter) throws -> Evidence {
    let asked = try AskedQuestion(question, store: passages, embedder: embedder)
    let found = try searcher.find(
      question,
      vector: asked.vector,
      filter: filter,
      limit: Self.searchDepth
    )
    return Evidence(
      hits: found.hits,
      candidates: try quoteReader.candidates(for: asked, hits: found.hits),
      reranking: found.reranking
    )
  }

  private func decide(
    _ question: String,
    evidence: Evidence,
    filter: SearchFilter
  ) throws -> Decision {
    let quoting = calibration.confidence(of: evidence.candidates)
    let bestProse = calibration.confidence(
      of: evidence.candidates.filter { $0.passage.passage.fields.isEmpty }
    )
    let tables = try passages.tables(matching: filter)
    let detector = CalculationDetector(tables: tables)
    if let request = detector.request(in: question, hits: evidence.hits, bestProse: bestProse) {
      return Decision(
        outcome: .calculation,
        confidence: quoting,
        quotes: [],
        calculation: request
      )
    }
    var reading: Reading?
    var readerFault: (any Error)?
    do {
      reading = try read(question, candidates: evidence.candidates)
    } catch {
      // Without its reader an answer is quotes, which is still an answer.
      readerFault = error
    }
    let confidence =
      reading.map { $0.calibration.confidence(of: evidence.candidates, $0.joint) } ?? quoting
    guard confidence >= settings.minimumConfidence, let best = evidence.candidates.first else {
      return Decision(
        outcome: .abstained,
        confidence: confidence,
        quotes: [],
        reading: reading,
        readerFault: readerFault
      )
    }
    let close = evidence.candidates.prefix { $0.score >= best.score - calibration.quoteMargin }
    return Decision(
      outcome: .answered,
      confidence: confidence,
      quotes: Array(close.prefix(settings.quotes)),
      reading: reading,
      readerFault: readerFault
    )
  }

  private func compose(_ decision: Decision, question: String) -> Draft {
    var draft = Draft(
      outcome: decision.outcome,
      confidence: decision.confidence,
      calculation: decision.calculation
    )
    guard decision.outcome == .answered else { return draft }
    draft.short = decision.reading.flatMap { short($0, question: question) }
    var quotes = decision.quotes.map(SupportingQuote.init)
    if let short = draft.short {
      draft.citations = short.citations
      quotes = SupportingQuote.ordered(
        decision.quotes,
        under: short.parts,
        of: short.passage,
        limit: settings.quotes
      )
      // What is quoted already is not quoted again.
      .filter { $0.passage.id != short.passage.id || !short.parts.contains($0.range) }
    }
    for quote in quotes {
      draft.citations.append(
        Citation(
          marker: draft.citations.count + 1,
          range: quote.range,
          text: quote.text,
          passage: quote.passage,
          column: ColumnChooser.column(askedFor: question, in: quote.passage.passage)
        )
      )
    }
    return draft
  }

  private func milliseconds(_ duration: Duration) -> Double {
    (duration / .milliseconds(1) * 1000).rounded() / 1000
  }
}

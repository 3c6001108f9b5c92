import Documents
import Foundation
import Knowledge

/// What is kept of an answer.
extension Answerer {
  private static let tracedQuotes = 12

  func save(
    _ answer: Answer,
    asked: Asked,
    written: WrittenAnswer?
  ) throws {
    let evidence = asked.evidence
    let chosen = Dictionary(grouping: answer.citations, by: \.passage)
    let trace = AnswerTrace(
      outcome: answer.outcome,
      generator: answer.generator,
      embedder: embedder.identity,
      search: searchSettings,
      reranker: evidence.reranking == nil ? nil : reranker?.identity,
      filter: asked.filter,
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
      generation: written?.record,
      reading: asked.decision.reading.map { record($0, isShown: answer.shortAnswer != nil) }
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
}

import Answering
import Documents
import Foundation
import Knowledge
import Store

extension Workspace {
  /// Everything that led to an answer.
  ///
  /// - Parameter id: The answer's identifier, or a beginning that no other answer has.
  /// - Returns: The trace with what its identifiers stand for now.
  /// - Throws: ``AttuneError`` with code `answerUnknown` where there is no such answer.
  public func trace(of id: String) throws -> TraceView {
    let store = try store()
    let record = try Self.answer(id, in: store)
    let decoder = JSONDecoder()
    let trace = try decoder.decode(AnswerTrace.self, from: Data(record.trace.utf8))
    let citations = try record.citations.map {
      try decoder.decode([Citation].self, from: Data($0.utf8))
    }
    let passages = try store.passages(record.passages)
    let byID = Dictionary(passages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var texts: [String: String] = [:]
    for quote in trace.quotes {
      guard let text = byID[quote.passage]?.passage.text else { continue }
      texts[TraceView.quoteKey(quote)] = slice(text, quote.characters)
    }
    for read in trace.reading?.passages ?? [] {
      guard let text = byID[read.passage]?.passage.text else { continue }
      for range in read.replies.flatMap(\.characters) {
        texts[TraceView.key(read.passage, range)] = slice(text, range)
      }
    }
    return TraceView(
      id: record.id,
      createdAt: record.createdAt,
      question: record.question,
      answer: record.answer,
      citations: citations ?? [],
      trace: trace,
      passageURLs: Dictionary(
        passages.map { (String($0.id), $0.url) },
        uniquingKeysWith: { first, _ in first }
      ),
      quoteTexts: texts
    )
  }

  /// The latest answers, newest first.
  public func recentAnswers(limit: Int) throws -> [AnswerHeading] {
    try store().recentAnswers(limit: limit).map {
      AnswerHeading(id: $0.id, createdAt: $0.createdAt, question: $0.question)
    }
  }

  /// The answer with an identifier, or with a beginning of it that no other has.
  ///
  /// - Throws: ``AttuneError`` with code `answerUnknown` where there is none.
  static func answer(_ id: String, in store: KnowledgeStore) throws -> AnswerRecord {
    if !id.isEmpty, let record = try store.answer(id) { return record }
    throw AttuneError(
      .answerUnknown,
      "There is no answer “\(id)”.",
      subject: id,
      remedy: "attune trace without an identifier lists the latest answers."
    )
  }
}

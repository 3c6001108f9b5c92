import Answering
import Datasets
import Documents
import Foundation
import Knowledge
import Store

/// Makes an example of an answer.
struct AnswerExample {
  let store: KnowledgeStore

  /// The share of a correction's words that a passage must hold to stand beside it.
  private static let supportingShare = 0.6

  /// The candidate that an answer gives.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - question: What was asked, in words that stand alone.
  /// - Returns: The candidate; nil where nothing was answered.
  /// - Throws: The store's error.
  func candidate(_ answer: Answer, question: String) throws -> NewExample? {
    guard answer.outcome == .answered else { return nil }
    let text: String
    if let short = answer.shortAnswer {
      text = short.text
    } else if answer.sentences.isEmpty {
      text = Self.joined(answer.citations.map { (text: $0.quote, beginsLine: true) })
    } else {
      text = Self.joined(
        answer.sentences.filter(\.isSupported).map { (text: $0.text, beginsLine: $0.beginsLine) }
      )
    }
    return try example(
      question: question,
      text: text,
      citations: answer.citations,
      state: .candidate,
      answer: answer.id
    )
  }

  /// The candidate that an answer gave, from what is kept of it; nil where it gave none, or is
  /// forgotten.
  func candidate(_ record: AnswerRecord) throws -> NewExample? {
    guard let shown = record.answer, let citations = try Self.citations(of: record),
      !citations.isEmpty
    else { return nil }
    var text = shown.replacingOccurrences(of: " \(GroundedSentence.unsupportedMark)", with: "")
    if Self.hasShortAnswer(record), let end = text.range(of: " [1]") {
      // The quotes under it say the same again.
      text = String(text[..<end.lowerBound])
    }
    for citation in citations {
      text = text.replacingOccurrences(of: " [\(citation.marker)]", with: "")
    }
    return try example(
      question: record.question,
      text: text,
      citations: citations,
      state: .candidate,
      answer: record.id
    )
  }

  /// The example that a person's answer makes, with the passage that holds it where one of those that
  /// were found does.
  func correction(_ correction: String, question: String, record: AnswerRecord) throws -> NewExample
  {
    let found = try store.passages(record.passages).filter { $0.kind == .passage }
    let words = Self.words(correction)
    var best: (passage: StoredPassage, share: Double)?
    for passage in found {
      let held = Set(Self.words(passage.passage.text))
      // A number that stands elsewhere or nowhere makes it another answer.
      guard words.allSatisfy({ !$0.contains(where: \.isNumber) || held.contains($0) }) else {
        continue
      }
      let share = Double(words.count { held.contains($0) }) / Double(max(1, words.count))
      if share >= Self.supportingShare, share > best?.share ?? 0 { best = (passage, share) }
    }
    return NewExample(
      Example(
        question: question,
        answer: correction,
        origin: .feedback,
        passage: best?.passage.passage.text,
        source: best.map { Self.source($0.passage) }
      ),
      state: .kept,
      answer: record.id
    )
  }

  /// A passage as the source of an example.
  static func source(_ passage: StoredPassage) -> Example.Source {
    Example.Source(
      place: passage.url,
      document: document(passage.document),
      documentHash: passage.document.contentHash
    )
  }

  /// A document's address.
  static func document(_ record: DocumentRecord) -> String {
    DocumentURL(source: record.source, path: record.path).description
  }

  private func example(
    question: String,
    text: String,
    citations: [Citation],
    state: ExampleState,
    answer: String
  ) throws -> NewExample? {
    guard !text.isEmpty, let first = citations.first(where: \.verified) else { return nil }
    let cited = try store.passages(citations.map(\.passage))
    let byID = Dictionary(cited.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    guard let passage = byID[first.passage] else { return nil }
    var evidence = [
      ExampleEvidence(
        document: Self.document(passage.document),
        texts: [passage.passage.text],
        documentHash: passage.document.contentHash
      )
    ]
    for citation in citations {
      guard let other = byID[citation.passage], other.id != passage.id else { continue }
      evidence.append(
        ExampleEvidence(document: Self.document(other.document), texts: [citation.quote])
      )
    }
    return NewExample(
      Example(
        question: question,
        answer: text,
        origin: .asked,
        passage: passage.passage.text,
        source: Self.source(passage)
      ),
      state: state,
      answer: answer,
      evidence: evidence
    )
  }

  private static func citations(of record: AnswerRecord) throws -> [Citation]? {
    try record.citations.map { try JSONDecoder().decode([Citation].self, from: Data($0.utf8)) }
  }

  private static func hasShortAnswer(_ record: AnswerRecord) -> Bool {
    let trace = try? JSONDecoder().decode(AnswerTrace.self, from: Data(record.trace.utf8))
    return trace?.reading?.isShown ?? false
  }

  private static func joined(_ parts: [(text: String, beginsLine: Bool)]) -> String {
    parts.reduce(into: "") { text, part in
      if !text.isEmpty { text += part.beginsLine ? "\n" : " " }
      text += part.text
    }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

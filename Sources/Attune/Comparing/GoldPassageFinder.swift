import Documents
import Evaluation
import Knowledge
import Store

/// Finds the passages of a workspace that hold the answers to questions.
struct GoldPassageFinder {
  private let passages: any PassageStore
  /// By the document's last parts, so that a question file may name documents from a folder above.
  private let documents: [DocumentRecord]

  init(_ passages: any PassageStore) throws {
    self.passages = passages
    documents = try passages.documents(matching: SearchFilter())
  }

  /// The documents that a place names.
  func documents(at place: Question.Place) -> [DocumentRecord] {
    documents.filter { record in
      let path = record.path.split(separator: "#", maxSplits: 1).map(String.init)
      guard path.count == 1 || place.table == nil || path[1] == place.table else { return false }
      return place.isIn(path.first ?? "")
    }
  }

  /// The first passage that holds the question's answer at one of its places.
  ///
  /// - Throws: what the store throws.
  func passage(of question: Question) throws -> StoredPassage? {
    for place in question.places {
      for document in documents(at: place) {
        let found = try passages.passages(ofDocument: document.id, ordinals: 0..<Int.max)
          .first { holds($0, place, answers: question.answers) }
        if let found { return found }
      }
    }
    return nil
  }

  private func holds(
    _ stored: StoredPassage,
    _ place: Question.Place,
    answers: [String]
  ) -> Bool {
    if let key = place.key, case .row(_, key: let row) = stored.passage.location.origin {
      return row == key
    }
    guard AnswerMetrics.contains(stored.passage.text, accepted: answers) else { return false }
    guard let quote = place.quote else { return true }
    return AnswerMetrics.rougeRecall(of: quote, in: stored.passage.text) >= 0.8
  }
}

extension AnswerMetrics {
  /// The share of a quote's words that stand in a text, whatever their order.
  static func rougeRecall(of quote: String, in text: String) -> Double {
    let words = normalized(quote).split(separator: " ")
    guard !words.isEmpty else { return 1 }
    let held = Set(normalized(text).split(separator: " "))
    return Double(words.count { held.contains($0) }) / Double(words.count)
  }
}

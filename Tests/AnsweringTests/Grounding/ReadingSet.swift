import Foundation
import TestSupport

/// Paragraphs with questions and the words that answer them, from XQuAD (Artetxe et al. 2020), which
/// is kept beside the repository.
struct ReadingSet: Decodable {
  struct Article: Decodable {
    var title: String?
    var paragraphs: [Paragraph]
  }

  struct Paragraph: Decodable {
    var context: String
    var qas: [Question]
  }

  struct Question: Decodable {
    var question: String
    var answers: [Answer]
  }

  struct Answer: Decodable {
    var text: String
    var answerStart: Int

    enum CodingKeys: String, CodingKey {
      case text
      case answerStart = "answer_start"
    }
  }

  static let path = "qa/xquad/xquad.en.json"

  var data: [Article]
  var paragraphs: [Paragraph] { data.flatMap(\.paragraphs) }

  static func load() throws -> ReadingSet {
    try JSONDecoder().decode(Self.self, from: Data(contentsOf: SharedData.url(path)))
  }
}

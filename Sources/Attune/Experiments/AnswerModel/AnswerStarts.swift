import Evaluation
import Foundation

/// Where the answers of a SQuAD file stand in their paragraphs.
struct AnswerStarts {
  private let byQuestion: [String: [Range<Int>]]

  /// Reads a file that is known to be one.
  ///
  /// - Throws: ``AttuneError`` where it cannot be read.
  init(reading url: URL) throws {
    do {
      let content = try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
      byQuestion = Dictionary(
        content.data.flatMap(\.paragraphs).flatMap(\.qas).map { item in
          (
            item.id,
            item.answers.map {
              $0.answerStart..<$0.answerStart + $0.text.unicodeScalars.count
            }
          )
        },
        uniquingKeysWith: { first, _ in first }
      )
    } catch {
      throw AttuneError(
        .experimentInvalid,
        "The places of the answers cannot be read.",
        subject: url.path,
        cause: "\(error)",
        remedy: "Hand in SQuAD's JSON, with answer_start."
      )
    }
  }

  /// The ranges of a question's answers, in Unicode scalars of its paragraph.
  func ranges(of question: String) -> [Range<Int>] { byQuestion[question] ?? [] }

  private struct Content: Decodable {
    struct Article: Decodable { let paragraphs: [Paragraph] }
    struct Paragraph: Decodable { let qas: [Item] }
    struct Item: Decodable {
      let id: String
      let answers: [Answer]
    }
    struct Answer: Decodable {
      let text: String
      let answerStart: Int
      enum CodingKeys: String, CodingKey {
        case text
        case answerStart = "answer_start"
      }
    }
    let data: [Article]
  }
}

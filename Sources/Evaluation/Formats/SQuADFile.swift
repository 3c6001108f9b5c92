public import Foundation

/// Questions with the paragraphs they are asked about, as SQuAD's JSON holds them (versions 1.1 and
/// 2.0, XQuAD and others of that shape).
public struct SQuADFile: Hashable, Sendable {
  /// A paragraph that questions are asked about.
  public struct Paragraph: Hashable, Sendable {
    /// The article's title and the paragraph's number in it from 0, such as `Normans#3`.
    public var id: String
    public var title: String
    public var text: String
    public var questions: [Question]
  }

  public var paragraphs: [Paragraph]

  /// All questions, in the order of the file. Each has its paragraph's id as the document of its
  /// place, and its distinct answers in their order.
  public var questions: [Question] { paragraphs.flatMap(\.questions) }

  /// Reads a file.
  ///
  /// - Throws: ``EvaluationError`` naming file, reason and remedy; also where an identifier occurs
  ///   twice, or an answer does not stand at its `answer_start` (Unicode scalars).
  public init(reading url: URL) throws {
    let file = EvaluationFile(url: url)
    let content = try file.document(
      as: Content.self,
      remedy: "Hand in SQuAD's JSON: {\"data\": [{\"title\", \"paragraphs\": [{\"context\", "
        + "\"qas\": [{\"id\", \"question\", \"answers\"}]}]}]}."
    )
    var ids: Set<String> = []
    var titles: [String: Int] = [:]
    paragraphs = try content.data.flatMap { article in
      let title = article.title ?? ""
      return try article.paragraphs.map { paragraph in
        let number = titles[title, default: 0]
        titles[title] = number + 1
        let id = "\(title)#\(number)"
        let scalars = Array(paragraph.context.unicodeScalars)
        let questions = try paragraph.qas.map { item in
          guard ids.insert(item.id.text).inserted else {
            throw file.fault(
              .duplicate,
              "The id \"\(item.id.text)\" occurs twice.",
              line: nil,
              remedy: "Give every question an id of its own."
            )
          }
          for answer in item.answers ?? [] where !answer.stands(in: scalars) {
            throw file.fault(
              .malformed,
              "An answer of \"\(item.id.text)\" does not stand at its answer_start.",
              line: nil,
              remedy: "Count answer_start in Unicode characters of the context, from 0."
            )
          }
          return Self.question(item, paragraph: id, title: title)
        }
        return Paragraph(id: id, title: title, text: paragraph.context, questions: questions)
      }
    }
  }

  private static func question(_ item: Item, paragraph: String, title: String) -> Question {
    let texts = (item.isImpossible ?? false) ? [] : (item.answers ?? []).map(\.text)
    var seen: Set<String> = []
    let distinct = texts.filter { seen.insert($0).inserted }
    return Question(
      id: item.id.text,
      question: item.question,
      answers: distinct,
      kind: distinct.isEmpty ? .unanswerable : .lookup,
      topic: title,
      places: [Question.Place(document: paragraph, quote: distinct.first)]
    )
  }

  private struct Content: Decodable {
    var data: [Article]
  }

  private struct Article: Decodable {
    var title: String?
    var paragraphs: [Section]
  }

  private struct Section: Decodable {
    var context: String
    var qas: [Item]
  }

  private struct Item: Decodable {
    var id: FlexibleID
    var question: String
    var answers: [Answer]?
    var isImpossible: Bool?

    enum CodingKeys: String, CodingKey {
      case id, question, answers
      case isImpossible = "is_impossible"
    }
  }

  private struct Answer: Decodable {
    var text: String
    var start: Int?

    enum CodingKeys: String, CodingKey {
      case text
      case start = "answer_start"
    }

    func stands(in scalars: [Unicode.Scalar]) -> Bool {
      guard let start else { return true }
      let answer = text.unicodeScalars
      guard start >= 0, start <= scalars.count, answer.count <= scalars.count - start else {
        return false
      }
      return scalars[start..<(start + answer.count)].elementsEqual(answer)
    }
  }
}

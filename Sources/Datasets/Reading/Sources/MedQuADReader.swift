public import Foundation

/// Reads MedQuAD (doi:10.1186/s12859-019-3119-4) as prepared lines of `question`, `title` and `passage`,
/// the passage being the whole answer.
public enum MedQuADReader {
  private static let passageWords = 150

  /// Each question on the beginning of its passage, whose first sentence answers; the passages as texts.
  ///
  /// - Throws: ``DatasetError`` where the file cannot be read or a line is malformed.
  public static func read(_ file: URL) throws -> ReadingSource {
    var source = ReadingSource()
    let items = try JSONLines.read(file) { value throws(ItemFault) in
      guard let question = value["question"]?.string, let title = value["title"]?.string,
        let passage = value["passage"]?.string
      else { throw ItemFault("“question”, “title” or “passage” is missing") }
      return (question: question, title: title, passage: passage)
    }
    var known: Set<String> = []
    for item in items {
      let text = ReadingText(item.passage)
      guard known.insert(item.passage).inserted else { continue }
      source.documents.append(
        ReadingDocument(source: "medquad:\(item.title)", title: item.title, passages: [text.text])
      )
      guard let place = answer(in: text) else { continue }
      let end = text.whole(0..<min(text.words.count, passageWords)).upperBound
      let answer = text.whole(place)
      guard answer.upperBound <= end else { continue }
      source.questions.append(
        ReadingQuestion(
          question: ReadingQuestion.written(
            Detokenizer(item.question.replacing(" (are)", with: "")).text
          ),
          text: text.text(of: 0..<end),
          answer: answer,
          kind: "medquad",
          source: "medquad:\(item.title)"
        )
      )
    }
    return source
  }

  /// The first sentence that is one: not a heading, not a list.
  private static func answer(in text: ReadingText) -> Range<Int>? {
    guard let first = text.sentences.first, (5...35).contains(first.count),
      text.end(first.upperBound - 1) == ".",
      !text.words[first].contains(where: \.text.isEmpty)
    else { return nil }
    return first
  }
}

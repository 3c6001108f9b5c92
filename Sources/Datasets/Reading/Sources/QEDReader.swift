public import Foundation

/// Reads QED's first release: questions from Natural Questions on paragraphs of Wikipedia, one JSON object
/// a line, texts tokenized (arXiv 2009.06354).
public enum QEDReader {
  /// The longest answer, in words; longer ones are lists and whole sentences.
  private static let answerLimit = 15

  /// The questions with one answer, and all paragraphs, by title.
  ///
  /// - Throws: ``DatasetError`` where a file cannot be read or an item is malformed.
  public static func read(_ files: [URL]) throws -> ReadingSource {
    var source = ReadingSource()
    var places: [String: Int] = [:]
    var known: Set<String> = []
    for file in files {
      for item in try JSONLines.read(file, { value throws(ItemFault) in try item(value) }) {
        if let question = item.question { source.questions.append(question) }
        guard known.insert(item.text).inserted else { continue }
        if let place = places[item.title] {
          source.documents[place].passages.append(item.text)
        } else {
          places[item.title] = source.documents.count
          source.documents.append(
            ReadingDocument(source: "qed:\(item.title)", title: item.title, passages: [item.text])
          )
        }
      }
    }
    return source
  }

  private struct Item {
    var title: String
    var text: String
    var question: ReadingQuestion?
  }

  private static func item(_ value: JSONValue) throws(ItemFault) -> Item {
    guard let paragraph = value["paragraph_text"]?.string,
      let asked = value["question_text"]?.string, let title = value["title_text"]?.string,
      let spans = value["answer_spans"]?.array
    else {
      throw ItemFault(
        "“paragraph_text”, “question_text”, “title_text” or “answer_spans” is missing"
      )
    }
    let clean = Detokenizer(paragraph)
    var item = Item(title: title, text: clean.text)
    // Several spans are answers that are no one run of words.
    guard spans.count == 1, let span = spans[0].array, span.count == 2,
      case .number(let first) = span[0], case .number(let last) = span[1],
      let low = Int(first), let high = Int(last), low >= 0, low < high,
      high <= paragraph.unicodeScalars.count, let answer = clean.range(of: low..<high)
    else { return item }
    let words = clean.text.unicodeScalars.dropFirst(answer.lowerBound).prefix(answer.count)
      .split { $0 == " " }.count
    guard words <= answerLimit else { return item }
    item.question = ReadingQuestion(
      question: ReadingQuestion.written(Detokenizer(asked).text),
      text: clean.text,
      answer: answer,
      kind: "qed",
      source: "qed:\(title)"
    )
    return item
  }
}

/// Questions on passages, as SQuAD 1.1 and 2.0 have them (arXiv 1606.05250, 1806.03822).
///
/// A question without an answer in its passage is passed over: as an example for retrieval its passage
/// would be wrong, and what to say where nothing is found is a matter of the prompt.
enum SQuADItem {
  /// What one article gave.
  struct Article {
    var examples: [Example] = []
    var unanswerableCount = 0
    /// What is wrong, with the pointer below the article.
    var faults: [(pointer: String, fault: ItemFault)] = []
  }

  /// The questions of an article: `{"title", "paragraphs": [{"context", "qas": […]}]}`.
  static func article(_ value: JSONValue) throws(ItemFault) -> Article {
    guard value.isObject else { throw ItemFault("it is \(value.kind), and must be an object") }
    let title = try value.text("title") ?? ""
    var article = Article()
    for (number, paragraph) in try value.requiredArray("paragraphs").enumerated() {
      let pointer = "/paragraphs/\(number)"
      do throws(ItemFault) {
        let context = try paragraph.requiredText("context")
        guard let questions = paragraph["qas"]?.array else {
          throw ItemFault("\"qas\" is missing")
        }
        for (index, question) in questions.enumerated() {
          read(question, context, title, "\(pointer)/qas/\(index)", into: &article)
        }
      } catch {
        article.faults.append((pointer, error))
      }
    }
    return article
  }

  private static func read(
    _ question: JSONValue,
    _ context: String,
    _ title: String,
    _ pointer: String,
    into article: inout Article
  ) {
    do {
      let text = try question.requiredText("question")
      let answers = question["answers"]?.array ?? []
      guard !answers.isEmpty, question["is_impossible"] != .boolean(true) else {
        article.unanswerableCount += 1
        return
      }
      article.examples.append(
        example(text, try answers[0].requiredText("text"), context, title)
      )
    } catch {
      article.faults.append((pointer, error))
    }
  }

  /// One row, as SQuAD is kept in tables: `{"title", "context", "question", "answers": {"text": […]}}`.
  static func row(_ item: JSONValue) throws(ItemFault) -> Example {
    let question = try item.requiredText("question")
    let context = try item.requiredText("context")
    let answers = item["answers"]?["text"]?.array ?? item["answers"]?.array ?? []
    guard let first = answers.first, let answer = first.string ?? first["text"]?.string else {
      throw ItemFault("it has no answer")
    }
    return example(question, answer, context, try item.text("title") ?? "")
  }

  private static func example(
    _ question: String,
    _ answer: String,
    _ context: String,
    _ title: String
  ) -> Example {
    Example(
      question: question,
      answer: answer,
      origin: .imported,
      passage: context,
      source: title.isEmpty ? nil : .init(place: title, document: title)
    )
  }

  /// Question, answer, its place in the passage and the passage, where SQuAD can hold the example.
  static func parts(
    _ example: Example
  ) throws(ItemFault) -> (question: String, answer: String, start: Int, passage: String) {
    guard example.messages.count == 2, example.messages[0].role == .user,
      example.messages[1].role == .assistant, example.messages[1].isLearnt
    else { throw ItemFault("the format holds one question with one answer") }
    guard let passage = example.passage else { throw ItemFault("it has no passage") }
    let answer = Array(example.messages[1].content.unicodeScalars)
    let scalars = Array(passage.unicodeScalars)
    guard !answer.isEmpty, let start = scalars.firstRange(of: answer)?.lowerBound else {
      throw ItemFault("its answer does not stand in its passage word for word")
    }
    return (example.messages[0].content, example.messages[1].content, start, passage)
  }
}

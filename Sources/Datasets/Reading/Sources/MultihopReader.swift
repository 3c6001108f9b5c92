public import Foundation

/// Reads HotpotQA (arXiv 1809.09600) and MuSiQue (arXiv 2108.00573) as the samples with a corpus beside
/// them have it: questions over several paragraphs, with paragraphs that only look as if they answered.
public enum MultihopReader {
  /// A HotpotQA file: each question on the supporting paragraphs, and on others as not answered.
  ///
  /// - Throws: ``DatasetError`` where the file cannot be read or an item is malformed.
  public static func readHotpot(_ file: URL, corpus: URL?) throws -> ReadingSource {
    guard let items = try JSONLines.value(file).array else { throw notAList(file) }
    var source = ReadingSource()
    for item in items {
      guard let question = item["question"]?.string, let answer = item["answer"]?.string,
        let facts = item["supporting_facts"]?.array, let context = item["context"]?.array
      else { throw missing(file, "“question”, “answer”, “supporting_facts” or “context”") }
      let titles = Set(facts.compactMap { $0.array?.first?.string })
      let paragraphs = context.compactMap { paragraph($0) }
      // "Yes" and "no" stand nowhere.
      guard !["yes", "no"].contains(answer.lowercased()) else { continue }
      let gold = paragraphs.filter { titles.contains($0.title) }
      add(
        question,
        answer,
        gold: gold.map(\.text),
        others: paragraphs.filter { !titles.contains($0.title) }.map(\.text),
        kind: "hotpot",
        source: "hotpot:\(gold.map(\.title).sorted().first ?? "")",
        to: &source
      )
    }
    if let corpus, case .object(let members) = try JSONLines.value(corpus) {
      source.documents = members.compactMap { member in
        let text = member.value.array?.compactMap(\.string).joined()
        return text.map {
          ReadingDocument(
            source: "hotpot:\(member.key)",
            title: member.key,
            passages: [Detokenizer($0).text]
          )
        }
      }
    }
    return source
  }

  /// A MuSiQue file: each question on its supporting paragraphs, and each step on the one that answers it.
  ///
  /// - Throws: ``DatasetError`` where the file cannot be read or an item is malformed.
  public static func readMuSiQue(_ file: URL, corpus: URL?) throws -> ReadingSource {
    guard let items = try JSONLines.value(file).array else { throw notAList(file) }
    var source = ReadingSource()
    for item in items {
      guard let question = item["question"]?.string, let answer = item["answer"]?.string,
        let paragraphs = item["paragraphs"]?.array,
        let steps = item["question_decomposition"]?.array
      else { throw missing(file, "“question”, “answer”, “paragraphs” or “question_decomposition”") }
      let texts = paragraphs.map { $0["paragraph_text"]?.string ?? "" }
      let supporting = paragraphs.indices.filter {
        paragraphs[$0]["is_supporting"] == .boolean(true)
      }
      let others = paragraphs.indices.filter { !supporting.contains($0) }.map { texts[$0] }
      let name = supporting.compactMap { paragraphs[$0]["title"]?.string }.sorted().first ?? ""
      add(
        question,
        answer,
        gold: supporting.map { texts[$0] },
        others: others,
        kind: "musique",
        source: "musique:\(name)",
        to: &source
      )
      var answers: [String] = []
      for step in steps {
        guard let asked = step["question"]?.string, let said = step["answer"]?.string,
          case .number(let digits)? = step["paragraph_support_idx"], let place = Int(digits),
          texts.indices.contains(place)
        else { continue }
        answers.append(said)
        guard let plain = spoken(asked, answers) else { continue }
        add(
          plain,
          said,
          gold: [texts[place]],
          others: others,
          kind: "musique",
          source: "musique:\(paragraphs[place]["title"]?.string ?? name)",
          to: &source
        )
      }
    }
    if let corpus, let texts = try JSONLines.value(corpus).array {
      source.documents = texts.compactMap { item in
        guard let title = item["title"]?.string, let text = item["text"]?.string else { return nil }
        return ReadingDocument(
          source: "musique:\(title)",
          title: title,
          passages: [Detokenizer(text).text]
        )
      }
    }
    return source
  }

  private static func paragraph(_ value: JSONValue) -> (title: String, text: String)? {
    guard let parts = value.array, parts.count == 2, let title = parts[0].string,
      let sentences = parts[1].array
    else { return nil }
    return (title, sentences.compactMap(\.string).joined())
  }

  /// A step in words: "#1" is the first answer, and ">>" sets a relation apart from what it is of.
  private static func spoken(_ question: String, _ answers: [String]) -> String? {
    var text = question
    for (index, answer) in answers.dropLast().enumerated() {
      text = text.replacing("#\(index + 1)", with: answer)
    }
    guard !text.contains("#") else { return nil }
    let parts = text.split(separator: ">>").map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    guard parts.count == 2 else { return parts.count == 1 ? text : nil }
    let asking = ["located in", "place of", "country"].contains { parts[1].hasPrefix($0) }
    if asking, parts[1].hasPrefix("located") { return "Where is \(parts[0]) located" }
    return "What is the \(parts[1]) of \(parts[0])"
  }

  private static func add(
    _ question: String,
    _ answer: String,
    gold: [String],
    others: [String],
    kind: String,
    source: String,
    to sources: inout ReadingSource
  ) {
    let asked = ReadingQuestion.written(question)
    let texts = gold.map { Detokenizer($0).text }
    for (index, text) in texts.enumerated() {
      guard let place = ReadingSpans.first(of: answer, in: text) else { continue }
      // What the other paragraphs say comes first or last, as there is room.
      let rest = texts.enumerated().filter { $0.offset != index }.map(\.element)
      let joined = index == 0 ? ([text] + rest).joined(separator: " ") : nil
      let offset = joined == nil ? rest.joined(separator: " ").unicodeScalars.count + 1 : 0
      let all = joined ?? (rest + [text]).joined(separator: " ")
      sources.questions.append(
        ReadingQuestion(
          question: asked,
          text: all,
          answer: place.lowerBound + offset..<place.upperBound + offset,
          kind: kind,
          source: source
        )
      )
      break
    }
    // Those that share most words with the question are the likeliest to mislead.
    let content = RecurringSpanQuestions.content(question)
    let near = others.enumerated().map { index, other in
      (
        other: other, index: index,
        shared: RecurringSpanQuestions.content(other).intersection(content).count
      )
    }.sorted { ($1.shared, $0.index) < ($0.shared, $1.index) }
    for item in near.prefix(2) {
      let text = Detokenizer(item.other).text
      guard ReadingSpans.first(of: answer, in: text) == nil, !text.isEmpty else { continue }
      sources.questions.append(
        ReadingQuestion(
          question: asked,
          text: text,
          answer: nil,
          kind: "\(kind)-none",
          source: source
        )
      )
    }
  }

  private static func notAList(_ file: URL) -> DatasetError {
    JSONLines.malformed(file, line: nil, ItemFault("it is not a list of questions"))
  }

  private static func missing(_ file: URL, _ what: String) -> DatasetError {
    JSONLines.malformed(file, line: nil, ItemFault("\(what) of a question is missing"))
  }
}

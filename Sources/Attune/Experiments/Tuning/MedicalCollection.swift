import Evaluation
import FineTuning
import Foundation
import LanguageModels

/// MedQuAD as Scripts/prepare-medquad.py lays it out: questions on the left, the answers of medical sites
/// as passages, divided by topic.
struct MedicalCollection {
  let folder: URL
  /// Questions to train on, of whole documents; fewer than there are, as many as the steps need.
  let trainingQuestions: Int
  /// Passages of other parts of the data that stand among those of the measured part.
  let others: Int
  let seed: UInt64

  private struct Item: Decodable {
    let id: String
    let title: String?
    let text: String
    let cluster: String
    let document: String?
    let split: String?

    enum CodingKeys: String, CodingKey {
      case title, text, cluster, document, split
      case id = "_id"
    }
  }

  func read() throws -> TuningCollection {
    let corpus = try items("corpus.jsonl")
    let queries = try items("queries.jsonl")
    let training = try training(corpus: corpus, queries: queries)
    return TuningCollection(
      name: "medquad",
      passages: training.passages,
      training: training.examples,
      validation: try set("validation", corpus: corpus, queries: queries),
      test: try set("test", corpus: corpus, queries: queries)
    )
  }

  private func items(_ name: String) throws -> [Item] {
    let decoder = JSONDecoder()
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return try text.utf8.split(separator: UInt8(ascii: "\n")).map {
      try decoder.decode(Item.self, from: Data($0))
    }
  }

  /// Which passages answer each question of a part.
  private func judgements(_ split: String) throws -> [String: [String: Int]] {
    let url = folder.appending(path: "qrels/\(split).tsv")
    var grades: [String: [String: Int]] = [:]
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t")
      guard fields.count == 3, let grade = Int(fields[2]) else { continue }
      grades[String(fields[0]), default: [:]][String(fields[1])] = grade
    }
    return grades
  }

  private func text(_ item: Item) -> String {
    (item.title.map { $0 + "\n" } ?? "") + item.text
  }

  /// The passages of the part's topics and some of others, drawn by seed.
  private func set(_ split: String, corpus: [Item], queries: [Item]) throws -> TuningSet {
    let grades = try judgements(split)
    let asked = queries.filter { $0.split == split }
    let topics = Set(asked.map(\.cluster))
    var generator = SeededGenerator(seed: seed)
    let rest = corpus.filter { !topics.contains($0.cluster) }.shuffled(using: &generator)
    let passages = corpus.filter { topics.contains($0.cluster) } + rest.prefix(others)
    return TuningSet(
      passages: passages.map { TuningPassage(key: $0.id, text: text($0)) },
      queries: asked.compactMap { query in
        grades[query.id].map {
          RetrievalQuery(id: query.id, text: query.text, cluster: query.cluster, grades: $0)
        }
      }
    )
  }

  private func training(
    corpus: [Item],
    queries: [Item]
  ) throws -> (passages: [String], examples: [RankingExample]) {
    let grades = try judgements("train")
    let byID = Dictionary(corpus.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: [String: [(query: Item, answers: [String])]] = [:]
    for query in queries where query.split == "train" {
      let answers = (grades[query.id] ?? [:]).keys.sorted()
      guard let first = answers.first, let document = byID[first]?.document else { continue }
      groups[document, default: []].append((query, answers))
    }
    var generator = SeededGenerator(seed: seed)
    var numbers: [String: Int] = [:]
    var passages: [String] = []
    var examples: [RankingExample] = []
    for document in groups.keys.sorted().shuffled(using: &generator) {
      guard examples.count < trainingQuestions else { break }
      for (query, answers) in groups[document] ?? [] {
        let positives = answers.compactMap { id -> Int? in
          guard let item = byID[id] else { return nil }
          if let number = numbers[id] { return number }
          passages.append(text(item))
          numbers[id] = passages.count - 1
          return passages.count - 1
        }
        examples.append(
          RankingExample(question: query.text, positives: positives, group: document)
        )
      }
    }
    return (passages, examples)
  }
}

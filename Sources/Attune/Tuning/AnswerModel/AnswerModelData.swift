import Datasets
import Evaluation
import Foundation

/// The examples that an answer model is trained on.
struct AnswerModelData {
  /// Made from open text, in random order.
  var synthetic: [ReadingExample]
  /// Asked by people, in random order.
  var human: [ReadingExample]
  /// Asked by people about documents that the others are not about.
  var validation: [ReadingExample]
  /// How many of each kind there are.
  var counts: [String: Int]

  /// Medical documents that open text is taken from.
  private static let medicalDocuments = 3000

  /// Makes the examples: the same recipe and data make the same.
  ///
  /// - Parameters:
  ///   - recipe: how many of what, and where the data are.
  ///   - progress: told what is being done.
  /// - Throws: ``AttuneError``, `EvaluationError` or `DatasetError` where data cannot be read.
  init(_ recipe: AnswerModelRecipe, progress: (String) -> Void) throws {
    progress("reading questions and texts")
    let qed = try QEDReader.read(
      recipe.files(in: "qed", where: { $0.hasPrefix("nq-train") && $0.hasSuffix(".jsonlines") })
    )
    let multihop = try recipe.experiment.place("multihop")
    let hotpot = try MultihopReader.readHotpot(
      multihop.appending(path: "hotpotqa_train.json"),
      corpus: multihop.appending(path: "hotpotqa_train_corpus.json")
    )
    let musique = try MultihopReader.readMuSiQue(
      multihop.appending(path: "musique_train.json"),
      corpus: multihop.appending(path: "musique_train_corpus.json")
    )
    let medical = try MedQuADReader.read(recipe.experiment.place("medquad"))
    let handbook = try MarkdownReader.read(recipe.experiment.place("handbook"))
    let tables = try WikiTablesReader.read(
      questions: recipe.experiment.place("tables").appending(path: "training.tsv"),
      tables: recipe.experiment.place("unpacked-tables")
    )
    let mixture = ReadingMixture(settings: recipe.mixture, measured: try recipe.measuredTexts())

    progress("making examples of people's questions")
    let asked = mixture.human(
      qed.questions + hotpot.questions + musique.questions + tables.questions
    ).examples
    let held = Self.heldOut(asked, count: recipe.validation)
    validation = Array(asked.filter { held.contains($0.source) }.prefix(recipe.validation))
    let learnt = asked.filter { !held.contains($0.source) }
    let onMedicine = mixture.human(medical.questions).examples.prefix(recipe.medicalQuestions)
    // Without their passages, so that the model also learns to write what it cannot copy.
    let fromMemory = learnt.filter { $0.answer != nil }.prefix(recipe.fromMemory).map {
      ReadingExample(
        question: $0.question,
        answer: $0.answer,
        kind: "memory",
        source: $0.source
      )
    }
    human = learnt + onMedicine + fromMemory

    progress("making questions from open text")
    let documents =
      (qed.documents + hotpot.documents + musique.documents + handbook.documents)
      .filter { !held.contains($0.source) }
      + medical.documents.sorted { Self.order($0.source) < Self.order($1.source) }
      .prefix(Self.medicalDocuments)
    let made = mixture.synthetic(
      documents,
      tables: tables.tables.filter { !held.contains($0.source) },
      persons: learnt.filter { $0.question.hasPrefix("Who") }.compactMap(\.answer)
    )
    synthetic = Array(made.examples.prefix(recipe.synthetic))
    counts = Dictionary(grouping: synthetic + human, by: \.kind).mapValues(\.count)
    counts["validation"] = validation.count
  }

  /// Documents of at least so many examples, chosen by their names.
  private static func heldOut(_ examples: [ReadingExample], count: Int) -> Set<String> {
    let sizes = Dictionary(grouping: examples, by: \.source).mapValues(\.count)
    var held: Set<String> = []
    var sum = 0
    for source in sizes.keys.sorted(by: { (order($0), $0) < (order($1), $1) }) where sum < count {
      held.insert(source)
      sum += sizes[source] ?? 0
    }
    return held
  }

  /// A fixed order that has nothing to do with the alphabet (FNV-1a).
  private static func order(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension AnswerModelRecipe {
  fileprivate func files(in name: String, where fits: (String) -> Bool) throws -> [URL] {
    let folder = try experiment.place(name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter(fits).sorted()
      .map { folder.appending(path: $0) }
  }

  /// The texts of what is kept for measuring: nothing like them is trained on.
  fileprivate func measuredTexts() throws -> [String] {
    let xquad = try SQuADFile(reading: experiment.place("xquad")).paragraphs.map(\.text)
    let clapnq = try files(in: "clapnq", where: { $0.hasSuffix(".jsonl") })
      .flatMap { try Self.lines(of: $0, as: PassagesLine.self) }
      .flatMap { $0.passages.map(\.text) }
    let qed = try Self.lines(of: experiment.place("qed-dev"), as: ParagraphLine.self)
      .map(\.paragraphText)
    return xquad + clapnq + qed
  }

  private struct PassagesLine: Decodable {
    struct Passage: Decodable { let text: String }
    let passages: [Passage]
  }

  private struct ParagraphLine: Decodable { let paragraphText: String }

  private static func lines<Line: Decodable>(of file: URL, as type: Line.Type) throws -> [Line] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try Data(contentsOf: file).split(separator: 0x0A).enumerated().map { number, line in
      do {
        return try decoder.decode(type, from: line)
      } catch {
        throw AttuneError(
          .experimentInvalid,
          "Line \(number + 1) is not as expected.",
          subject: file.path,
          cause: "\(error)",
          remedy: "Get the file again."
        )
      }
    }
  }
}

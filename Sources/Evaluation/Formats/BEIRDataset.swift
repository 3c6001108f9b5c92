public import Foundation

/// A retrieval dataset in BEIR's layout: `corpus.jsonl`, `queries.jsonl` and `qrels/<split>.tsv`
/// (Thakur et al. 2021, arXiv:2104.08663).
public struct BEIRDataset: Hashable, Sendable {
  /// One document of the corpus.
  public struct Document: Hashable, Sendable, Identifiable {
    public var id: String
    public var title: String
    public var text: String
  }

  /// One query with its judged documents.
  public struct Query: Hashable, Sendable, Identifiable {
    public var id: String
    public var text: String
    /// Grade of each judged document; above zero is relevant.
    public var grades: [String: Int]
  }

  /// In the order of the file.
  public var corpus: [Document]
  /// The queries that the split judges, in the order of the file.
  public var queries: [Query]

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder with `corpus.jsonl`.
  ///   - split: the judgements to use, such as `test`, `dev` or `train`.
  /// - Throws: ``EvaluationError`` naming file, line, reason and remedy; also where an identifier
  ///   occurs twice, or a judgement names a query or document that is not there.
  public init(reading folder: URL, split: String = "test") throws {
    let corpusFile = EvaluationFile(url: folder.appendingPathComponent("corpus.jsonl"))
    let corpus = try Self.records(corpusFile).map { record in
      Document(id: record.id.text, title: record.title ?? "", text: record.text)
    }
    let queriesFile = EvaluationFile(url: folder.appendingPathComponent("queries.jsonl"))
    let records = try Self.records(queriesFile)
    let judgements = EvaluationFile(url: folder.appendingPathComponent("qrels/\(split).tsv"))
    let grades = try Self.grades(
      judgements,
      queries: Set(records.map(\.id.text)),
      documents: Set(corpus.map(\.id))
    )
    self.corpus = corpus
    queries = records.compactMap { record in
      grades[record.id.text].map { Query(id: record.id.text, text: record.text, grades: $0) }
    }
  }

  private struct Record: Decodable {
    var id: FlexibleID
    var title: String?
    var text: String

    enum CodingKeys: String, CodingKey {
      case title, text
      case id = "_id"
    }
  }

  private static func records(_ file: EvaluationFile) throws -> [Record] {
    var firstLines: [String: Int] = [:]
    return try file.records(
      as: Record.self,
      remedy: "Write one JSON object a line, with \"_id\" and \"text\"."
    ).map { line, record in
      if let first = firstLines.updateValue(line, forKey: record.id.text) {
        throw file.fault(
          .duplicate,
          "The _id \"\(record.id.text)\" stands on line \(first) already.",
          line: line,
          remedy: "Give every record an _id of its own."
        )
      }
      return record
    }
  }

  /// Grades by query and document.
  private static func grades(
    _ file: EvaluationFile,
    queries: Set<String>,
    documents: Set<String>
  ) throws -> [String: [String: Int]] {
    var grades: [String: [String: Int]] = [:]
    let remedy = "Write query id, corpus id and whole-number score, parted by tabs."
    for (offset, line) in try file.lines().enumerated() {
      guard let text = String(bytes: line.bytes, encoding: .utf8) else {
        throw file.fault(.malformed, "The line is not UTF-8.", line: line.number, remedy: remedy)
      }
      let fields = text.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 3 else {
        throw file.fault(
          .malformed,
          "The line has \(fields.count) fields where three are expected.",
          line: line.number,
          remedy: remedy
        )
      }
      guard let grade = Int(fields[2]) else {
        // BEIR's files start with a line of column names.
        if offset == 0 { continue }
        throw file.fault(
          .malformed,
          "The score \"\(fields[2])\" is not a whole number.",
          line: line.number,
          remedy: remedy
        )
      }
      let (query, document) = (String(fields[0]), String(fields[1]))
      guard queries.contains(query) else {
        throw file.fault(
          .missing,
          "The query \"\(query)\" is not in queries.jsonl.",
          line: line.number,
          remedy: "Add the query, or remove the judgement."
        )
      }
      guard documents.contains(document) else {
        throw file.fault(
          .missing,
          "The document \"\(document)\" is not in corpus.jsonl.",
          line: line.number,
          remedy: "Add the document, or remove the judgement."
        )
      }
      if let earlier = grades[query, default: [:]].updateValue(grade, forKey: document),
        earlier != grade
      {
        throw file.fault(
          .duplicate,
          "The pair is judged twice, with \(earlier) and \(grade).",
          line: line.number,
          remedy: "Keep one of the two."
        )
      }
    }
    return grades
  }
}

import Datasets
import Evaluation
import Foundation
import Knowledge
import Store

/// Everything that decides what a comparison finds. Two comparisons with the same plan are one: the second
/// takes over what the first has done.
struct ComparisonPlan: Codable, Equatable {
  /// The request without its name, without the paths of files whose contents stand here, and without
  /// what only adds to a comparison: further seeds, later editions, the learning curve.
  let request: ComparisonRequest
  let questions: [Question]
  /// Identifiers of the examples that are trained on.
  let training: [String]
  /// Hashes of the documents' contents.
  let documents: [String]
  /// What writes the answers where the arm does not say.
  let generator: String

  init(
    _ request: ComparisonRequest,
    _ questions: ComparisonQuestions,
    session: WorkspaceSession
  ) throws {
    var request = request
    request.name = nil
    if case .file(let path) = request.questions {
      request.questions = .file(URL(fileURLWithPath: path).lastPathComponent)
    }
    request.training = nil
    request.seeds = 1
    request.changes = nil
    request.measuresLearning = false
    self.request = request
    self.questions = questions.asked
    training = questions.training.map(\.identifier)
    documents = try session.store.documents(matching: .init()).map {
      "\($0.source)/\($0.path) \($0.contentHash)"
    }.sorted()
    generator = "\(session.configuration.generator)"
  }

  /// A name made from the questions' file and everything that counts.
  ///
  /// - Throws: what encoding throws.
  func name() throws -> String {
    let number = HexDigest.sha256(of: try Self.encoder.encode(self)).prefix(8)
    let file = request.questions.name.split(separator: "/").last.map(String.init) ?? ""
    let stem = file.split(separator: ".").first.map(String.init) ?? ""
    let plain = stem.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return "compare-\(plain.isEmpty ? "questions" : String(plain.prefix(24)))-\(number)"
  }

  static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

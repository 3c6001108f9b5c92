public import Foundation

extension ComparisonReport {
  /// The one thing that reports of all versions have.
  private struct Header: Decodable {
    var version: Int
  }

  /// Reads a `report.json`.
  ///
  /// - Parameter url: the file.
  /// - Throws: ``EvaluationError`` that names the file: `missing` or `unreadable`; `malformed` with the
  ///   place and the cause; `invalidValue` where a newer Attune wrote it.
  public init(contentsOf url: URL) throws {
    let file = EvaluationFile(url: url)
    let remedy = "Run attune compare again; what it has done before is taken over."
    let header = try file.document(as: Header.self, remedy: remedy)
    guard header.version <= Self.currentVersion else {
      throw EvaluationError(
        .invalidValue,
        "The report has version \(header.version); this Attune reads up to \(Self.currentVersion).",
        subject: url.path,
        remedy: "Use the Attune that wrote it, or run attune compare again with this one."
      )
    }
    self = try file.document(as: ComparisonReport.self, remedy: remedy)
  }
}

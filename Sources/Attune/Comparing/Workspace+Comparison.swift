public import Evaluation
public import Foundation
import Knowledge
import Store

extension Workspace {
  /// Prepares a comparison: reads the questions, takes out what cannot measure, finds what was done
  /// before.
  ///
  /// - Throws: ``AttuneError``, `EvaluationError` or `DatasetError` for what is wrong with questions, arms
  ///   and training data; ``AttuneError`` with code `nothingIndexed` where nothing was taken in.
  public func comparison(
    _ request: ComparisonRequest,
    now: @escaping () -> Date = Date.init
  ) throws -> Comparison {
    try comparison(request, session: session(generates: false), now: now)
  }

  /// The same with a session that is open.
  package func comparison(
    _ request: ComparisonRequest,
    session: WorkspaceSession,
    now: @escaping () -> Date = Date.init
  ) throws -> Comparison {
    try Comparison(request, in: self, session: session, now: now)
  }

  /// Writes a comparison's report as `report.json` and `report.html`, each whole or not at all.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - page: the page.
  /// - Returns: the folder.
  /// - Throws: ``AttuneError`` with code `fileFault`.
  public func write(_ report: ComparisonReport, page: String) throws -> URL {
    let folder = reportsFolder.appending(path: report.name, directoryHint: .isDirectory)
    do {
      try FileManager.default.createPrivateDirectory(at: folder)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try encoder.encode(report).write(
        to: folder.appending(path: "report.json"),
        options: .atomic
      )
      try Data(page.utf8).write(to: folder.appending(path: "report.html"), options: .atomic)
    } catch {
      throw AttuneError(
        .fileFault,
        "The report cannot be written.",
        subject: folder.path,
        cause: error.localizedDescription,
        remedy: "Check the folder's permissions and the room on the disk; the same command goes on."
      )
    }
    return folder
  }

  /// Takes away what comparisons have kept of documents' texts.
  func removeComparisons() throws {
    for folder in [layout.runs, reportsFolder] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names {
        let place = folder.appending(path: name, directoryHint: .isDirectory)
        let isComparison = ["plan.json", "report.json"].contains {
          FileManager.default.fileExists(atPath: place.appending(path: $0).path)
        }
        if isComparison { try FileManager.default.removeItem(at: place) }
      }
    }
  }

  /// Seconds that it took to take in what the store holds, as far as its history says.
  func indexingSeconds() throws -> Double { try store().firstSyncSeconds() }
}

import Datasets
import Foundation

/// Where the examples of a tuning are.
public enum TuningSource: Codable, Sendable, Equatable {
  /// A dataset of the workspace.
  case dataset(String)
  /// Files in any of the formats that can be imported.
  case files([String])

  /// What to call it.
  var name: String {
    switch self {
    case .dataset(let name): name
    case .files(let files):
      files.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", ")
    }
  }
}

extension Workspace {
  /// The examples of a tuning.
  ///
  /// - Throws: ``AttuneError`` with code `examplesInvalid` that names the first malformed item of a file,
  ///   or `datasetUnknown`.
  func examples(of source: TuningSource) throws -> [Example] {
    switch source {
    case .dataset(let name): return try trainingExamples(dataset: name).examples
    case .files(let files): return try files.flatMap { try Self.examples(ofFile: $0) }
    }
  }

  private static func examples(ofFile file: String) throws -> [Example] {
    let read = try DatasetFile.read(URL(fileURLWithPath: file))
    guard let first = read.failures.first else { return read.examples }
    throw AttuneError(
      .examplesInvalid,
      "\(read.failureCount) of its items cannot be read; the first is in line \(first.line): "
        + first.reason,
      subject: file,
      remedy: "Mend them, or import the file into a dataset, which takes the others: "
        + "attune dataset import \(file)"
    )
  }
}

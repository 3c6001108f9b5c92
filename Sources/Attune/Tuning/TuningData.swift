import Datasets
import Foundation

/// The examples of a tuning, split.
struct TuningData {
  let name: String
  let version: String
  let train: [Example]
  let validation: [Example]
  let test: [Example]

  /// All of them, in the order of the parts.
  var all: [Example] { train + validation + test }

  init(_ name: String, _ examples: [Example], seed: UInt64) throws {
    self.name = name
    let split = try DatasetSplitter(seed: seed).split(examples)
    version = DatasetVersion(of: split).shortIdentifier
    train = split.filter { $0.split == .train }
    validation = split.filter { $0.split == .validation }
    test = split.filter { $0.split == .test }
  }

  /// Reads files in any of the formats that are known.
  ///
  /// - Throws: ``AttuneError`` with code `examplesInvalid` that names the first malformed items.
  static func examples(of files: [String]) throws -> [Example] {
    var examples: [Example] = []
    for file in files {
      let read = try DatasetFile.read(URL(fileURLWithPath: file))
      if let first = read.failures.first, read.examples.isEmpty || read.failureCount > 0 {
        throw AttuneError(
          .examplesInvalid,
          "\(read.failureCount) of its items cannot be read; the first is in line \(first.line): "
            + first.reason,
          subject: file,
          remedy: "Mend them, or import the file into a dataset, which takes the others: "
            + "attune dataset import \(file)"
        )
      }
      examples += read.examples
    }
    return examples
  }
}

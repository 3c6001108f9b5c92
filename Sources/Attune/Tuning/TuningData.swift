import Datasets

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
}

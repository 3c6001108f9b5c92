/// Which data a model was trained on: the hash of all that training sees.
///
/// Two collections of examples have the same version exactly when they hold the same examples, as
/// often, in the same splits; their order and the files that they came from do not matter.
public struct DatasetVersion: Sendable, Hashable, Codable {
  /// The SHA-256 in hexadecimal digits.
  public var identifier: String
  /// How many examples there are in all.
  public var exampleCount: Int
  /// How many are trained on.
  public var trainCount: Int
  /// How many are looked at during training.
  public var validationCount: Int
  /// How many are kept for measuring.
  public var testCount: Int

  /// The version of some examples.
  public init(of examples: [Example]) {
    identifier = ""
    exampleCount = examples.count
    trainCount = examples.count { $0.split == .train }
    validationCount = examples.count { $0.split == .validation }
    testCount = examples.count { $0.split == .test }
    let records = examples.map { example in
      var record = CanonicalHash("record")
      record.add(example.identifier)
      record.add(example.distractors.count)
      for distractor in example.distractors { record.add(distractor) }
      record.add(example.split?.rawValue)
      return record.text
    }
    var hash = CanonicalHash("dataset")
    hash.add(records.count)
    for record in records.sorted() { hash.add(record) }
    identifier = hash.text
  }

  /// The first twelve digits, for people to read.
  public var shortIdentifier: String { String(identifier.prefix(12)) }
}

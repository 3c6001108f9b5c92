/// One experiment: what it asks, on which data, with which settings, and the figures expected.
///
/// The file is YAML or JSON with the keys `name`, `purpose`, `data`, `settings`, `seed` and `expect`.
/// Every claim about quality or speed has such a file, and running it checks the claim.
public struct Experiment: Codable, Hashable, Sendable {
  /// Lower-case letters, digits and hyphens; the file's name without its ending.
  public var name: String
  /// What the experiment is to show, in a sentence or two.
  public var purpose: String
  /// The data it reads, by the role they play.
  public var data: [String: ExperimentValue]
  /// Everything that may change its figures.
  public var settings: [String: ExperimentValue]
  /// The seed of whatever is random in it.
  public var seed: UInt64
  /// The figures expected, by the name of the metric.
  public var expect: [String: Expectation]

  public init(
    name: String,
    purpose: String,
    data: [String: ExperimentValue] = [:],
    settings: [String: ExperimentValue] = [:],
    seed: UInt64 = 0,
    expect: [String: Expectation]
  ) {
    self.name = name
    self.purpose = purpose
    self.data = data
    self.settings = settings
    self.seed = seed
    self.expect = expect
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    purpose = try values.decode(String.self, forKey: .purpose)
    data = try values.decodeIfPresent([String: ExperimentValue].self, forKey: .data) ?? [:]
    settings = try values.decodeIfPresent([String: ExperimentValue].self, forKey: .settings) ?? [:]
    seed = try values.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0
    expect = try values.decode([String: Expectation].self, forKey: .expect)
  }

  /// Checks that the experiment can be run and its outcome judged.
  ///
  /// - Throws: ``EvaluationError`` saying what is missing or does not make sense.
  public func check() throws {
    func fault(_ message: String, _ remedy: String) -> EvaluationError {
      EvaluationError(
        .invalidExperiment,
        message,
        subject: name.isEmpty ? "an experiment" : name,
        remedy: remedy
      )
    }
    let isPlain = name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
    guard !name.isEmpty, isPlain else {
      throw fault(
        "The name \"\(name)\" is not made of lower-case letters, digits and hyphens.",
        "Name it like its file, such as hybrid-retrieval."
      )
    }
    guard !purpose.allSatisfy(\.isWhitespace) else {
      throw fault("The purpose is empty.", "Say in a sentence what the experiment is to show.")
    }
    guard !expect.isEmpty else {
      throw fault("No figure is expected.", "Add at least one metric under \"expect\".")
    }
    for (metric, expectation) in expect.sorted(by: { $0.key < $1.key }) {
      guard expectation.numbers.allSatisfy(\.isFinite) else {
        throw fault(
          "The expectation of \"\(metric)\" is not a finite number.",
          "Write finite numbers."
        )
      }
      if case .near(_, let tolerance) = expectation, tolerance < 0 {
        throw fault(
          "The tolerance of \"\(metric)\" is negative.",
          "Write a tolerance of 0 or more."
        )
      }
    }
  }
}

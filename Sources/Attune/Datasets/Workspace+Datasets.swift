public import Datasets
public import Foundation
import Store

extension Workspace {
  /// The dataset that is meant where none is named, and that answers and feedback go into.
  public static let defaultDataset = "main"

  /// Where reports are written that no other place is named for.
  public var reportsFolder: URL {
    layout.data.appending(path: "reports", directoryHint: .isDirectory)
  }

  /// All datasets with how much they hold, by name; the default one also while it is empty.
  public func datasets() throws -> [DatasetOverview] {
    let store = try store()
    return try Set(store.datasetNames() + [Self.defaultDataset]).sorted().map { name in
      DatasetOverview(name: name, examples: try store.examples(in: name, matching: .init()))
    }
  }

  /// The examples of a dataset that match, oldest first.
  ///
  /// - Throws: ``AttuneError`` with code `datasetUnknown`, or the store's error.
  public func examples(
    in dataset: String = defaultDataset,
    matching filter: ExampleFilter = ExampleFilter()
  ) throws -> [StoredExample] {
    try dataStore(of: dataset).examples(in: dataset, matching: filter)
  }

  /// The example with this identifier, or a beginning that no other has.
  ///
  /// - Throws: ``AttuneError`` with code `exampleUnknown` where there is none.
  public func example(_ id: String, in dataset: String = defaultDataset) throws -> StoredExample {
    guard let found = try dataStore(of: dataset).example(id, in: dataset) else {
      throw AttuneError(
        .exampleUnknown,
        "There is no example “\(id)” in the dataset “\(dataset)”.",
        subject: id,
        remedy: "attune dataset show --dataset \(dataset) lists them."
      )
    }
    return found
  }

  /// Takes a person's decision on an example.
  ///
  /// - Parameters:
  ///   - decision: What is decided.
  ///   - id: The example's identifier, or a beginning that no other has.
  ///   - dataset: Its dataset.
  /// - Returns: The example as it is now.
  /// - Throws: ``AttuneError`` with code `exampleUnknown`, or `exampleForgotten` where its text is
  ///   gone and it can only be dropped.
  @discardableResult
  public func decide(
    _ decision: ReviewDecision,
    on id: String,
    in dataset: String = defaultDataset
  ) throws -> StoredExample {
    let store = try dataStore(of: dataset)
    let found = try example(id, in: dataset)
    switch decision {
    case .keep, .correct:
      guard var example = found.example else {
        throw AttuneError(
          .exampleForgotten,
          "The text of this example went with its document.",
          subject: found.id,
          remedy: "Drop it: attune dataset drop \(found.id.prefix(12))"
        )
      }
      guard case .correct(let text) = decision else {
        try store.set(.kept, ofExamples: [found.id], in: dataset)
        return try self.example(found.id, in: dataset)
      }
      let answer = text.trimmingCharacters(in: .whitespacesAndNewlines)
      guard !answer.isEmpty,
        let place = example.messages.lastIndex(where: { $0.role == .assistant })
      else {
        throw AttuneError(
          .feedbackInvalid,
          "The corrected answer is empty.",
          subject: found.id,
          remedy: "Give the right answer, or drop the example."
        )
      }
      example.messages[place].content = answer
      example.origin = .feedback
      let now = try store.replace(
        found.id,
        in: dataset,
        by: NewExample(example, state: .kept, evidence: [])
      )
      return try self.example(now, in: dataset)
    case .drop:
      try store.set(.dropped, ofExamples: [found.id], in: dataset)
      return try self.example(found.id, in: dataset)
    }
  }

  /// What would be trained on: kept examples whose documents are as they were. What is left out is
  /// named with the reason.
  ///
  /// - Throws: ``AttuneError`` with code `datasetUnknown`, or the store's error.
  public func trainingExamples(
    dataset: String = defaultDataset
  ) throws -> TrainingExamples {
    let all = try examples(in: dataset)
    let kept = all.filter { $0.state == .kept }
    let usable = kept.filter { !$0.isStale && $0.example != nil }
    let examples = usable.compactMap(\.example)
    return TrainingExamples(
      dataset: dataset,
      examples: examples,
      identifiers: usable.map(\.id),
      times: usable.map(\.createdAt),
      omissions: kept.compactMap { example in
        example.fault.map { .init(id: example.id, reason: $0.reason) }
      },
      candidateCount: all.count { $0.state == .candidate },
      version: DatasetVersion(of: examples)
    )
  }

  /// Divides the kept examples among training, validation and test.
  ///
  /// - Returns: The dataset as it is then.
  /// - Throws: `DatasetError` where there are too few groups to divide, or what reading throws.
  @discardableResult
  public func splitDataset(
    _ dataset: String = defaultDataset,
    shares: SplitShares = .standard,
    seed: UInt64 = 0
  ) throws -> DatasetOverview {
    let training = try nonEmpty(dataset)
    let divided = try DatasetSplitter(shares: shares, seed: seed).split(training.examples)
    var splits: [String: Example.Split] = [:]
    for (id, example) in zip(training.identifiers, divided) { splits[id] = example.split }
    let store = try store()
    try store.setSplits(splits, in: dataset)
    return DatasetOverview(
      name: dataset,
      examples: try store.examples(in: dataset, matching: .init())
    )
  }

  /// Says what would spoil training on a dataset.
  ///
  /// - Parameters:
  ///   - dataset: Its name.
  ///   - encoder: What the model to be trained makes of examples, for exact lengths; words are counted
  ///     without.
  /// - Returns: The report, with examples named by the first digits of their identifiers.
  /// - Throws: ``AttuneError`` with code `datasetUnknown`, or the store's error.
  public func checkDataset(
    _ dataset: String = defaultDataset,
    encoder: (any ExampleEncoder)? = nil
  ) throws -> DatasetCheck {
    let training = try trainingExamples(dataset: dataset)
    return DatasetChecker().check(
      training.examples,
      names: training.identifiers.map { String($0.prefix(12)) },
      encoder: encoder
    )
  }

  /// Deletes a dataset. None of its text stays in any file of the workspace.
  ///
  /// - Returns: How many examples it held.
  @discardableResult
  public func removeDataset(_ dataset: String) throws -> Int {
    let lock = try lock()
    defer { lock.release() }
    let store = try dataStore(of: dataset)
    try removeDatasetReports()
    return try store.removeDataset(dataset)
  }

  /// Deletes the stale examples of a dataset.
  ///
  /// - Returns: How many there were.
  @discardableResult
  public func removeStaleExamples(in dataset: String = defaultDataset) throws -> Int {
    let stale = try examples(in: dataset, matching: ExampleFilter(isStale: true)).map(\.id)
    guard !stale.isEmpty else { return 0 }
    let lock = try lock()
    defer { lock.release() }
    try store().removeExamples(stale, in: dataset)
    return stale.count
  }

  // MARK: For the extensions

  /// What would be trained on, which must be something.
  func nonEmpty(_ dataset: String) throws -> TrainingExamples {
    let training = try trainingExamples(dataset: dataset)
    guard training.examples.isEmpty else { return training }
    var left: [String] = []
    if training.candidateCount > 0 { left.append("\(training.candidateCount) candidates") }
    if !training.omissions.isEmpty { left.append("\(training.omissions.count) stale examples") }
    throw DatasetError(
      .empty,
      "The dataset “\(dataset)” holds no example to train on"
        + (left.isEmpty ? "." : ", only " + left.joined(separator: " and ") + "."),
      subject: dataset,
      remedy: training.candidateCount > 0
        ? "Go through the candidates: attune dataset review"
        : "Bring some in: attune dataset import, or attune dataset synthesize"
    )
  }

  /// The store, where it holds the dataset.
  func dataStore(of dataset: String) throws -> KnowledgeStore {
    let store = try store()
    let names = try store.datasetNames()
    guard dataset == Self.defaultDataset || names.contains(dataset) else {
      throw AttuneError(
        .datasetUnknown,
        "There is no dataset “\(dataset)”.",
        subject: dataset,
        remedy: "attune dataset list shows them."
      )
    }
    return store
  }

  /// Refuses names that could not be those of files and folders too.
  static func checkDatasetName(_ name: String) throws {
    guard WorkspaceConfiguration.isValidSourceName(name) else {
      throw AttuneError(
        .datasetInvalid,
        "A dataset cannot be called “\(name)”.",
        subject: name,
        remedy: "Use letters, digits, “-”, “_” and “.”, starting with a letter or digit."
      )
    }
  }
}

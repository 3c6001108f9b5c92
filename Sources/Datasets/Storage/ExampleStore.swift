/// Keeps datasets: examples by name, and what people said about answers. Declared here; implemented
/// in `Store`.
///
/// A dataset is there as long as it holds an example. Within one, no two examples say the same. What
/// an example took from a document is forgotten with it: a candidate goes, and of a kept example an
/// entry without text stays that says so. All methods may be called from any thread, block while they
/// work, and throw the store's own error.
public protocol ExampleStore: Sendable {
  /// Adds examples to a dataset; those that say what one there says already are passed over, whatever
  /// was decided about it.
  ///
  /// - Parameters:
  ///   - examples: The examples.
  ///   - dataset: The dataset's name.
  ///   - time: Seconds since 1970.
  /// - Returns: How many are new.
  /// - Throws: The store's error; then nothing is added.
  @discardableResult
  func add(_ examples: [NewExample], to dataset: String, at time: Double) throws -> Int

  /// The examples of a dataset that match, oldest first.
  func examples(in dataset: String, matching filter: ExampleFilter) throws -> [StoredExample]

  /// The example with this identifier, or whose identifier starts so when only one does.
  func example(_ id: String, in dataset: String) throws -> StoredExample?

  /// The example of a dataset that came from an answer.
  func example(ofAnswer answer: String, in dataset: String) throws -> StoredExample?

  /// Puts down what was decided about examples.
  func set(_ state: ExampleState, ofExamples ids: [String], in dataset: String) throws

  /// Puts down which part of the data each example belongs to, by identifier.
  func setSplits(_ splits: [String: Example.Split], in dataset: String) throws

  /// Puts an example in the place of another, which hands on its split, its links to answers and,
  /// where the new one brings none, what it took from documents. Where the new one says what a third
  /// says, that one stays and takes over the state.
  ///
  /// - Returns: The identifier of the example that stands there now.
  func replace(_ id: String, in dataset: String, by example: NewExample) throws -> String

  /// Deletes examples, and leaves none of their text in any file.
  func removeExamples(_ ids: [String], in dataset: String) throws

  /// The names of all datasets, in order.
  func datasetNames() throws -> [String]

  /// Deletes a dataset, and leaves none of its text in any file.
  ///
  /// - Returns: How many examples it held.
  func removeDataset(_ name: String) throws -> Int

  /// Keeps what was said about an answer, in the place of what was said before.
  func save(_ feedback: Feedback, in dataset: String) throws

  /// What was last said about an answer.
  func feedback(onAnswer id: String) throws -> Feedback?
}

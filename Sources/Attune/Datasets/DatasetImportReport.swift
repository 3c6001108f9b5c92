public import Datasets

/// What an import brought into a dataset.
public struct DatasetImportReport: Sendable, Hashable {
  /// One file.
  public struct File: Sendable, Hashable {
    /// Its path as it was given.
    public var path: String
    /// The format that it is in.
    public var format: DatasetFormat
    /// How many examples it holds.
    public var examples: Int
    /// The first of its items that are no examples.
    public var failures: [DatasetImport.Failure]
    /// How many items are no examples.
    public var failureCount: Int
    /// How many questions were passed over because the file says that they have no answer.
    public var unanswerableCount: Int
  }

  /// The dataset's name.
  public var dataset: String
  /// The files in the order given.
  public var files: [File]
  /// How many examples are new.
  public var added: Int
  /// How many said what the dataset, or a file, said already.
  public var known: Int
}

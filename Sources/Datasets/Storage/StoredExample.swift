/// An example of a dataset, as it is kept.
public struct StoredExample: Sendable, Hashable {
  /// Its name within its dataset: ``Example/identifier`` when it was stored. Where its text is
  /// forgotten, a random one.
  public var id: String
  /// The dataset that it belongs to.
  public var dataset: String
  /// The example with its split; nil where its text went with the document that held it.
  public var example: Example?
  /// How it came to be.
  public var origin: Example.Origin
  /// The part of the data that it belongs to.
  public var split: Example.Split?
  /// What was decided about it.
  public var state: ExampleState
  /// Seconds since 1970 when it was stored.
  public var createdAt: Double
  /// The identifier of an answer that it came from; nil where there is none, or it is forgotten.
  public var answer: String?
  /// Why it no longer says what its document says; nil where it does.
  public var fault: ExampleFault?

  /// A stored example.
  public init(
    id: String,
    dataset: String,
    example: Example?,
    origin: Example.Origin,
    split: Example.Split?,
    state: ExampleState,
    createdAt: Double,
    answer: String?,
    fault: ExampleFault?
  ) {
    self.id = id
    self.dataset = dataset
    self.example = example
    self.origin = origin
    self.split = split
    self.state = state
    self.createdAt = createdAt
    self.answer = answer
    self.fault = fault
  }

  /// Whether it must be left out of training because its document changed or is gone.
  public var isStale: Bool { fault != nil }
}

/// An example that is to be stored.
public struct NewExample: Sendable, Hashable {
  /// The example.
  public var example: Example
  /// What was decided about it.
  public var state: ExampleState
  /// The identifier of the answer that it came from.
  public var answer: String?
  /// What it took from documents. An example whose source is a document of the workspace names it
  /// here.
  public var evidence: [ExampleEvidence]

  /// An example to store, with what it took from documents.
  public init(
    _ example: Example,
    state: ExampleState,
    answer: String? = nil,
    evidence: [ExampleEvidence]
  ) {
    self.example = example
    self.state = state
    self.answer = answer
    self.evidence = evidence
  }

  /// An example to store that took its passage, and nothing else, from its source.
  ///
  /// A source that is no document of a workspace, such as a file that was imported, gives no evidence.
  public init(_ example: Example, state: ExampleState, answer: String? = nil) {
    var evidence: [ExampleEvidence] = []
    if let source = example.source, source.document.hasPrefix("attune://") {
      evidence.append(
        ExampleEvidence(
          document: source.document,
          texts: example.passage.map { [$0] },
          documentHash: source.documentHash
        )
      )
    }
    self.init(example, state: state, answer: answer, evidence: evidence)
  }
}

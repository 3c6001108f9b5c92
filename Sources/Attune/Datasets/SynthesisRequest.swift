public import Datasets

/// What examples are to be made from the documents.
public struct SynthesisRequest: Sendable, Hashable {
  /// How many examples.
  public var count: Int
  /// The ways to make questions without a model.
  public var kinds: Set<SynthesisKind>
  /// Only documents of these sources; all where empty.
  public var sources: [String]
  /// The most examples from one passage.
  public var perPassage: Int
  /// How many passages that do not help are to stand beside each example; 0 needs no search.
  public var distractors: Int
  /// Whether the configured generator writes the questions.
  public var usesGenerator: Bool
  /// Which examples are taken where there are more.
  public var seed: UInt64
  /// What is decided about the examples.
  public var state: ExampleState

  /// A request.
  public init(
    count: Int = 200,
    kinds: Set<SynthesisKind> = Set(SynthesisKind.allCases),
    sources: [String] = [],
    perPassage: Int = 4,
    distractors: Int = 0,
    usesGenerator: Bool = false,
    seed: UInt64 = 0,
    state: ExampleState = .kept
  ) {
    self.count = count
    self.kinds = kinds
    self.sources = sources
    self.perPassage = perPassage
    self.distractors = distractors
    self.usesGenerator = usesGenerator
    self.seed = seed
    self.state = state
  }
}

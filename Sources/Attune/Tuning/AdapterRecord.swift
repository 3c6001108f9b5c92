public import FineTuning
public import Foundation

/// What is known of an adapter beside its numbers: how it came to be, and what it is worth.
public struct AdapterRecord: Codable, Sendable, Equatable {
  /// What the adapter makes better.
  public enum Role: String, Codable, Sendable, CaseIterable {
    case generator, embedder, reranker
  }

  /// How many examples each part of the data had.
  public struct Counts: Codable, Sendable, Equatable {
    public var train: Int
    public var validation: Int
    public var test: Int

    public init(train: Int, validation: Int, test: Int) {
      self.train = train
      self.validation = validation
      self.test = test
    }
  }

  /// Where it came from.
  public enum Origin: String, Codable, Sendable {
    case trained, imported
  }

  /// The adapter's name, which is that of its folder.
  public var name: String
  public var role: Role
  public var origin: Origin
  public var created: Date
  /// The model it belongs to.
  public var baseModel: String
  /// Which model that was, exactly.
  public var baseFingerprint: String?
  /// What it was trained on: a dataset's name, or a file's.
  public var dataset: String?
  /// Which examples these were, exactly.
  public var datasetVersion: String?
  public var examples: Counts?
  public var settings: TrainingSettings?
  /// How the training went, step by step.
  public var curve: TrainingCurve?
  public var seconds: Double?
  public var tokens: Int?
  /// The loss on examples that training never saw, before and after.
  public var heldOut: LossComparison?
  /// The loss on general text, before and after: what was forgotten.
  public var general: LossComparison?
  /// How well held-out questions find their passages, before and after; of an embedder, or a reranker
  /// behind the workspace's search.
  public var retrieval: RetrievalComparison?
  /// How well halves of general sentences find each other, before and after; of an embedder.
  public var generalRetrieval: RetrievalComparison?
  /// What the trained update was multiplied by; of a reranker, what a sure answer adds to a score.
  public var strength: Double?
  /// How much of questions and passages a reranker reads.
  public var ranking: RankingSettings?
  /// How long a reranker read for one held-out question.
  public var secondsPerQuestion: Double?
  /// The adapter that training went on from.
  public var parent: String?

  public init(
    name: String,
    role: Role,
    origin: Origin,
    created: Date,
    baseModel: String
  ) {
    self.name = name
    self.role = role
    self.origin = origin
    self.created = created
    self.baseModel = baseModel
  }
}

/// What to do, by what a comparison found and by what counts for its reader.
public struct Advice: Codable, Hashable, Sendable {
  /// How an arm does by the criteria.
  public struct ArmScore: Codable, Hashable, Sendable, Identifiable {
    /// The arm's identifier.
    public var arm: String
    public var title: String
    public var id: String { arm }
    /// 1 for an arm that no other is shown to be better than in quality; arms of one level share a
    /// score in quality.
    public var qualityLevel: Int
    /// From 0 to 1 by ``AdviceCriterion``'s raw value; a criterion is missing where it does not count.
    public var scores: [String: Double]
    /// The weighted mean of the scores.
    public var total: Double
    /// Share of the weightings around the given one under which the arm is recommended.
    public var shareOfNearWeightings: Double
    /// Share of all weightings.
    public var shareOfAllWeightings: Double
  }

  /// The part of a report that a sentence rests on, by the name that it has there.
  public enum Part: String, Codable, Sendable {
    case data, pairs, freshness, transparency, cost, learning, questions
    /// No part of the report: the weights that the reader gave.
    case weights
  }

  /// A sentence with its figure, and where the figure comes from.
  public struct Reason: Codable, Hashable, Sendable {
    public var sentence: String
    public var part: Part

    init(_ part: Part, _ sentence: String) {
      self.sentence = sentence
      self.part = part
    }
  }

  /// What to do first.
  public struct NextStep: Codable, Hashable, Sendable {
    public var sentence: String
    /// A command line, where one does it.
    public var command: String?
  }

  public static let currentVersion = 1

  public var version = currentVersion
  /// The comparison's name, and when it ended.
  public var comparison: String
  public var created: String
  /// Identifier and title of the recommended arm.
  public var arm: String
  public var title: String
  /// The recommendation in a sentence, with its figures.
  public var headline: String
  /// Whether another arm does as well by the weights, so that the simpler one is recommended.
  public var isTie: Bool
  public var weights: AdviceWeights
  /// Share of the weightings around the given one under which this arm is recommended, and of all.
  public var shareOfNearWeightings: Double
  public var shareOfAllWeightings: Double
  /// All arms that answered, by falling total, the recommended one first.
  public var arms: [ArmScore]
  /// Why, in sentences.
  public var reasons: [Reason]
  /// Arms and criteria that do not count, and why.
  public var omissions: [Reason]
  /// What would change the recommendation, in sentences.
  public var whatWouldChange: [String]
  public var nextStep: NextStep
}

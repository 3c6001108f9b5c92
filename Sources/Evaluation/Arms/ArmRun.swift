/// All that is known of one arm after its questions were asked.
public struct ArmRun: Codable, Hashable, Sendable {
  /// The answers of an arm trained with one seed, or of an arm that is not trained.
  public struct Seed: Codable, Hashable, Sendable {
    public var seed: UInt64
    /// By question, one each.
    public var answers: [String: ArmAnswer]

    public init(seed: UInt64, answers: [String: ArmAnswer]) {
      self.seed = seed
      self.answers = answers
    }
  }

  public var arm: Arm
  /// One for an arm that is not trained.
  public var seeds: [Seed]
  public var resources: ArmResources
  /// Why the arm ended before all questions were asked.
  public var failure: String?

  public init(arm: Arm, seeds: [Seed], resources: ArmResources, failure: String? = nil) {
    self.arm = arm
    self.seeds = seeds
    self.resources = resources
    self.failure = failure
  }
}

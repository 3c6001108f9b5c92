/// One arm in a report.
public struct ArmReport: Codable, Hashable, Sendable, Identifiable {
  /// Shares of the given answers by what they can be traced to.
  public struct Transparency: Codable, Hashable, Sendable {
    /// To a checked place in a source.
    public var source: Double
    /// To training examples alone.
    public var training: Double
    public var neither: Double

    public init(source: Double, training: Double, neither: Double) {
      self.source = source
      self.training = training
      self.neither = neither
    }
  }

  /// What an arm costs to run and to bring about. Money is in the currency of `attune.yaml`; nil where
  /// no prices stand there.
  public struct Cost: Codable, Hashable, Sendable {
    public var medianMilliseconds: Double
    public var p95Milliseconds: Double
    /// Mean tokens of a question with its context, and of its answer.
    public var promptTokens: Double
    public var completionTokens: Double
    public var resources: ArmResources
    /// Of a thousand answers.
    public var thousandAnswers: Double?
    /// Of a right answer, without preparation.
    public var rightAnswer: Double?
    /// Of taking in the documents and training once.
    public var preparation: Double?
    public var currency: String?

    public init(
      medianMilliseconds: Double,
      p95Milliseconds: Double,
      promptTokens: Double,
      completionTokens: Double,
      resources: ArmResources,
      thousandAnswers: Double? = nil,
      rightAnswer: Double? = nil,
      preparation: Double? = nil,
      currency: String? = nil
    ) {
      self.medianMilliseconds = medianMilliseconds
      self.p95Milliseconds = p95Milliseconds
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
      self.resources = resources
      self.thousandAnswers = thousandAnswers
      self.rightAnswer = rightAnswer
      self.preparation = preparation
      self.currency = currency
    }
  }

  public var arm: Arm
  public var id: String { arm.id }
  /// The seeds it was trained with; one for an arm that is not trained.
  public var seeds: [UInt64]
  /// How many questions it answered, of those asked.
  public var answered: Int
  /// Why it did not answer all of them.
  public var failure: String?
  /// By ``Measure``'s raw value; a measure is missing where no question has it.
  public var measures: [String: MeasuredShare]
  /// ``Measure/right`` on facts that are trained in other words, and on facts that are not.
  public var known: MeasuredShare?
  public var new: MeasuredShare?
  /// e to the mean surprise per token of the accepted answers, where the model gives it.
  public var perplexity: Double?
  public var transparency: Transparency
  public var cost: Cost

  public init(
    arm: Arm,
    seeds: [UInt64],
    answered: Int,
    failure: String? = nil,
    measures: [String: MeasuredShare],
    known: MeasuredShare? = nil,
    new: MeasuredShare? = nil,
    perplexity: Double? = nil,
    transparency: Transparency,
    cost: Cost
  ) {
    self.arm = arm
    self.seeds = seeds
    self.answered = answered
    self.failure = failure
    self.measures = measures
    self.known = known
    self.new = new
    self.perplexity = perplexity
    self.transparency = transparency
    self.cost = cost
  }

  /// A measure; nil where no question has it.
  public func measure(_ measure: Measure) -> MeasuredShare? { measures[measure.rawValue] }
}

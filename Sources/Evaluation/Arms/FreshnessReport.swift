/// How an arm takes up changed facts.
public struct FreshnessReport: Codable, Hashable, Sendable {
  /// One arm's answers to questions on changed facts.
  public struct ArmFreshness: Codable, Hashable, Sendable {
    public var arm: String
    /// Share of the new answers given: at once, after a sync, after a sync and retraining.
    public var atOnce: MeasuredShare
    public var afterSync: MeasuredShare
    public var afterRetraining: MeasuredShare?
    /// Share of the old answers still given after the sync.
    public var stale: MeasuredShare
    public var syncSeconds: Double
    public var retrainingSeconds: Double?
    /// Seconds from a changed document until the arm answers by it: by sync where it then does, else by
    /// retraining.
    public var secondsToDate: Double?
    /// Money of being brought up to date once; nil without prices.
    public var cost: Double?

    public init(
      arm: String,
      atOnce: MeasuredShare,
      afterSync: MeasuredShare,
      afterRetraining: MeasuredShare?,
      stale: MeasuredShare,
      syncSeconds: Double,
      retrainingSeconds: Double?,
      secondsToDate: Double?,
      cost: Double?
    ) {
      self.arm = arm
      self.atOnce = atOnce
      self.afterSync = afterSync
      self.afterRetraining = afterRetraining
      self.stale = stale
      self.syncSeconds = syncSeconds
      self.retrainingSeconds = retrainingSeconds
      self.secondsToDate = secondsToDate
      self.cost = cost
    }
  }

  /// What it costs to stay up to date at one rate of change.
  public struct CostPoint: Codable, Hashable, Sendable {
    public var changesPerDay: Double
    /// Machine seconds a day to be brought up to date after each change and to answer, by arm.
    public var secondsPerDay: [String: Double]

    public init(changesPerDay: Double, secondsPerDay: [String: Double]) {
      self.changesPerDay = changesPerDay
      self.secondsPerDay = secondsPerDay
    }
  }

  /// Changed facts asked for, and documents changed.
  public var questions: Int
  public var documents: Int
  public var arms: [ArmFreshness]
  public var curve: [CostPoint]
  /// Answers a day that the curve assumes.
  public var answersPerDay: Double
  /// Changes a day above which retrieval costs less machine time than retraining; nil where one of them
  /// is cheaper at every rate.
  public var breakEvenChangesPerDay: Double?
  /// The user's own rate, from the history of syncs.
  public var changesPerDay: Double?

  public init(
    questions: Int,
    documents: Int,
    arms: [ArmFreshness],
    curve: [CostPoint],
    answersPerDay: Double,
    breakEvenChangesPerDay: Double?,
    changesPerDay: Double?
  ) {
    self.questions = questions
    self.documents = documents
    self.arms = arms
    self.curve = curve
    self.answersPerDay = answersPerDay
    self.breakEvenChangesPerDay = breakEvenChangesPerDay
    self.changesPerDay = changesPerDay
  }
}

/// The figures an experiment gave.
public struct ExperimentOutcome: Codable, Hashable, Sendable {
  /// A figure that is not what was expected.
  public struct Deviation: Codable, Hashable, Sendable {
    public var metric: String
    public var expected: Expectation
    /// Absent where the run gave no such figure.
    public var found: Double?

    /// One line, such as `recall@10: 0.58, expected ≥ 0.6`.
    public var description: String {
      "\(metric): \(found.map { "\($0)" } ?? "missing"), expected \(expected.description)"
    }
  }

  public var experiment: Experiment
  /// The figures measured, by the name of the metric.
  public var figures: [String: Double]

  public init(experiment: Experiment, figures: [String: Double]) {
    self.experiment = experiment
    self.figures = figures
  }

  /// The figures that are off, by the name of the metric; empty where all is as expected. Figures that
  /// nothing is expected of are passed over.
  public func verify() -> [Deviation] {
    experiment.expect.sorted { $0.key < $1.key }.compactMap { metric, expected in
      let found = figures[metric]
      if let found, expected.isMet(by: found) { return nil }
      return Deviation(metric: metric, expected: expected, found: found)
    }
  }
}

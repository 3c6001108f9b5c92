/// How often each arm comes first when the weights are drawn at random.
struct WeightSensitivity: Sendable {
  static let draws = 10_000
  /// How closely weightings gather around the given one: a weight of a third stays, in two of three
  /// draws, within ten points of it.
  static let concentration = 20.0

  /// By arm, the share of weightings drawn around the given one: Dirichlet with 20 · w.
  let near: [Double]
  /// By arm, the share of all weightings: Dirichlet with 1 for each criterion, which is uniform.
  let all: [Double]

  /// Draws weightings.
  ///
  /// - Parameters:
  ///   - scores: of at least one arm.
  ///   - weights: for each criterion, of sum 1.
  ///   - seed: of the draws; the same one gives the same shares.
  init(_ scores: CriterionScores, around weights: [Double], seed: UInt64) {
    func shares(_ concentrations: [Double], _ seed: UInt64) -> [Double] {
      let distribution = DirichletDistribution(concentrations: concentrations)
      var generator = SeededGenerator(seed: seed)
      var wins = scores.arms.map { _ in 0 }
      for _ in 0..<Self.draws { wins[scores.best(distribution.draw(&generator))] += 1 }
      return wins.map { Double($0) / Double(Self.draws) }
    }
    near = shares(weights.map { $0 * Self.concentration }, seed)
    all = shares(weights.map { _ in 1 }, seed &+ 1)
  }
}

/// Arms in levels, so that only differences that were shown count between them.
///
/// The first level holds the arms that no other arm is shown to be better than; the second those that
/// none of the rest is shown to be better than; and so on. All arms of a level have one score: the
/// highest value among them, and never more than the level before.
///
/// "Not shown to be worse" is not transitive: with A shown to be better than C, B can be
/// indistinguishable from both. B then shares A's level, as nothing speaks against it, and C does not,
/// as something does. So arms of the first level are not shown to be worse than any other, and an arm of a
/// later level is shown to be worse than some arm of the level before.
struct ShownLevels: Sendable {
  /// By arm, from 0.
  let levels: [Int]
  /// By arm, from 0 to 1.
  let scores: [Double]

  /// Orders arms.
  ///
  /// - Parameters:
  ///   - values: the share of each arm.
  ///   - isShownBetter: whether the first arm was shown to be better than the second. Where that runs in
  ///     a circle, the arms of the circle share a level.
  init(values: [Double], isShownBetter: (Int, Int) -> Bool) {
    var levels = values.map { _ in 0 }
    var scores = values.map { _ in 0.0 }
    var rest = Array(values.indices)
    var level = 0
    var ceiling = 1.0
    while !rest.isEmpty {
      let unbeaten = rest.filter { arm in !rest.contains { isShownBetter($0, arm) } }
      let members = unbeaten.isEmpty ? rest : unbeaten
      let score = members.reduce(0) { max($0, min(values[$1], ceiling)) }
      for arm in members {
        levels[arm] = level
        scores[arm] = score
      }
      ceiling = score
      level += 1
      rest.removeAll { members.contains($0) }
    }
    self.levels = levels
    self.scores = scores
  }
}

import LanguageModels

extension LowRankAdapter {
  /// The same adapter with its updates multiplied: between the base model at 0 and the trained one at 1.
  func scaled(by strength: Double) throws -> LowRankAdapter {
    var scaled = try LowRankAdapter(
      updates: updates.mapValues { update in
        try LowRankUpdate(
          inputs: update.inputs,
          outputs: update.outputs,
          rank: update.rank,
          alpha: update.alpha * strength,
          isRankStabilized: update.isRankStabilized,
          a: update.a,
          b: update.b,
          magnitude: update.magnitude
        )
      }
    )
    scaled.targets = targets
    scaled.baseModelName = baseModelName
    scaled.baseFingerprint = baseFingerprint
    scaled.taskType = taskType
    return scaled
  }
}

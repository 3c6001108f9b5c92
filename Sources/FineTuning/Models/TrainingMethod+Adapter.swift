import Kernels
import LanguageModels

extension TrainingMethod {
  /// The adapter that training has made.
  ///
  /// - Throws: ``FineTuningError`` if all weights are trained; `LanguageModelError` if values are no
  ///   finite numbers.
  func adapter(of parameters: [Parameter]) throws -> LowRankAdapter {
    guard case .lowRank(let settings) = self else {
      throw FineTuningError(
        .unsuitableModel,
        "All weights were trained: there is no adapter.",
        subject: "model",
        remedy: "Write the whole model."
      )
    }
    return try LowRankAdapter(parameters: parameters, settings: settings)
  }

  /// Gives factors the values of an adapter.
  ///
  /// - Throws: ``FineTuningError`` if the adapter has not the layers and ranks that are trained.
  func start(_ layers: [LowRankFactors], from adapter: LowRankAdapter) throws(FineTuningError) {
    guard case .lowRank(let settings) = self else { return }
    guard Set(layers.map(\.path)) == Set(adapter.updates.keys) else {
      throw misfit("it updates other layers")
    }
    for factors in layers {
      guard let update = adapter.updates[factors.path], update.rank == factors.a.value.rows,
        update.inputs == factors.a.value.columns, update.outputs == factors.b.value.rows,
        update.scale == settings.scale, (update.magnitude != nil) == (factors.magnitude != nil)
      else { throw misfit("the layer \(factors.path) has another rank, scale or kind") }
      factors.a.value.fill(rows: update.a)
      factors.b.value.fill(rows: update.b)
      if let magnitude = update.magnitude { factors.magnitude?.value.fill(rows: magnitude) }
    }
  }

  private func misfit(_ reason: String) -> FineTuningError {
    FineTuningError(
      .unsuitableModel,
      "Training cannot go on from this adapter: \(reason).",
      subject: "adapter",
      remedy: "Use the settings that it was trained with, or begin a new one."
    )
  }
}

extension Matrix {
  /// Takes values row after row; the caller has checked their number.
  fileprivate func fill(rows values: [Float]) {
    for row in 0..<rows {
      withRow(row) { target in
        for column in target.indices { target[column] = values[row * columns + column] }
      }
    }
  }
}

extension [Parameter] {
  /// How many numbers they have together.
  var numberCount: Int { reduce(0) { $0 + $1.value.rows * $1.value.columns } }
}

import Foundation
import Kernels

extension Trainer {
  /// Writes a checkpoint, if there is a file for it.
  func saveCheckpoint() throws(FineTuningError) {
    guard let checkpointFile else { return }
    let content = TrainingCheckpoint.Content(
      version: TrainingCheckpoint.version,
      settings: settings,
      data: plan.fingerprint,
      base: base,
      state: state,
      parameters: shapes
    )
    var parts: [(TrainingCheckpoint.Part, [Matrix])] = [
      (.value, optimizer.parameters.map(\.value)),
      (.first, optimizer.first),
      (.second, optimizer.second),
    ]
    if !plan.validation.isEmpty { parts.append((.best, kept)) }
    try TrainingCheckpoint.write(content, parts, to: checkpointFile)
  }

  /// Goes on from a checkpoint, as if the training had never stopped.
  ///
  /// - Throws: ``FineTuningError`` with code `unusableCheckpoint` if it belongs to other data, another
  ///   model or other settings, all of which it names.
  public func resume(from checkpoint: TrainingCheckpoint) throws {
    let content = checkpoint.content
    func refuse(_ message: String, _ remedy: String) -> FineTuningError {
      TrainingCheckpoint.unusable(message, checkpoint.path, remedy: remedy)
    }
    guard content.base == base, content.parameters == shapes else {
      throw refuse(
        "The checkpoint belongs to another base model or another kind of adapter.",
        "Resume with the model that the training began with, or begin anew."
      )
    }
    guard content.data == plan.fingerprint else {
      throw refuse(
        "The checkpoint belongs to other examples.",
        "Resume with the dataset version that the training began with, or begin anew."
      )
    }
    let changed = settings.differences(from: content.settings)
    guard changed.isEmpty else {
      throw refuse(
        "The training began with another \(changed.joined(separator: ", ")).",
        "Resume with the settings that the training began with, or begin anew."
      )
    }
    try checkpoint.read(.value, into: optimizer.parameters.map(\.value))
    try checkpoint.read(.first, into: optimizer.first)
    try checkpoint.read(.second, into: optimizer.second)
    if plan.validation.isEmpty { keepValues() } else { try checkpoint.read(.best, into: kept) }
    state = content.state
    optimizer.step = state.step
    try model.parametersChanged()
  }

  private var shapes: [TrainingCheckpoint.Content.Shape] {
    optimizer.parameters.map {
      .init(name: $0.name, rows: $0.value.rows, columns: $0.value.columns)
    }
  }
}

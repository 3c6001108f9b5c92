import FineTuning
import Foundation
import LanguageModels

extension AdapterRecord {
  /// What is known of an adapter as its training ends.
  init(
    trained name: String,
    role: Role,
    created: Date,
    baseModel: String,
    fingerprint: BaseModelFingerprint?,
    data: TuningData,
    counts: Counts,
    settings: TrainingSettings,
    result: TrainingResult,
    parent: String?
  ) {
    self.init(name: name, role: role, origin: .trained, created: created, baseModel: baseModel)
    baseFingerprint = fingerprint?.text
    dataset = data.name
    datasetVersion = data.version
    examples = counts
    self.settings = settings
    curve = result.curve
    seconds = result.duration / .seconds(1)
    tokens = result.tokens
    self.parent = parent
  }

  /// Whether all weights were trained, so that it is a model of its own, not a difference beside one.
  public var isWholeModel: Bool { settings.map { $0.adapter == nil } ?? false }

  /// Whether it surely does worse on held-out examples than what was in use before.
  public var isWorse: Bool { heldOut?.isWorse ?? retrieval?.isWorse ?? false }
}

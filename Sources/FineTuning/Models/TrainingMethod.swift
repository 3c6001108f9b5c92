/// What of a model training changes.
public enum TrainingMethod: Sendable, Equatable {
  /// Low-rank factors beside its linear layers; the model itself stays as it is.
  case lowRank(LoRASettings)
  /// Every weight: for small models.
  case full
}

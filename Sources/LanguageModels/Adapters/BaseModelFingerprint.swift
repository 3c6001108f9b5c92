/// Tells base models apart, so that an adapter is not put onto a model it was not trained on.
///
/// The text names the kind of file and a SHA-256 over the weights: for each weight, in order of the
/// names, its name, type, shape and samples of its bytes (all of a small weight; of a large one the
/// first, middle and last 4,096). Settings files are left out, since programs write them anew. Two
/// fingerprints say something only if they are of the same kind of file.
public struct BaseModelFingerprint: Sendable, Hashable, Codable {
  /// Such as `safetensors-sha256:…`.
  public let text: String

  /// A fingerprint that was written down.
  public init(text: String) { self.text = text }

  /// The kind of file, such as `safetensors-sha256`.
  public var kind: Substring { text.prefix { $0 != ":" } }

  /// Whether both are of the same kind of file and yet differ: surely another base model.
  public func contradicts(_ other: BaseModelFingerprint) -> Bool {
    kind == other.kind && text != other.text
  }

  /// The text alone in JSON.
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  /// The text alone in JSON.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

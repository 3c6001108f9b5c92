package import Foundation

/// The `config.json` of an answer model: which base model it belongs to, and how its probabilities
/// are to be read.
package struct AnswerModelSettings: Sendable, Equatable, Codable {
  /// The value of `model_type`.
  package static let modelType = "attune-answer"
  /// The layout of weights that is read and written.
  package static let version = 1

  package var modelType = Self.modelType
  /// What the base model is called.
  package var base: String
  /// SHA-256 of the base's `model.safetensors`, in hexadecimal.
  package var baseSHA256: String
  /// The fingerprint of the base's weights. Where it is given, it is checked in place of the SHA-256,
  /// which takes reading the whole file.
  package var baseFingerprint: BaseModelFingerprint?
  /// Floats per token; must be the base's.
  package var hiddenSize: Int
  package var version = Self.version
  /// Numbers for those who turn log-probabilities into confidences, by name.
  package var calibration: [String: Double]?

  private enum CodingKeys: String, CodingKey {
    case modelType = "model_type"
    case base
    case baseSHA256 = "base_sha256"
    case baseFingerprint = "base_fingerprint"
    case hiddenSize = "hidden_size"
    case version
    case calibration
  }

  /// Settings of a new answer model on a base model.
  ///
  /// - Parameters:
  ///   - folder: the folder of the base model.
  ///   - hiddenSize: floats per token of the base.
  /// - Throws: `LanguageModelError` if the base's weights cannot be read.
  package init(base folder: URL, hiddenSize: Int) throws(LanguageModelError) {
    base = folder.lastPathComponent
    baseSHA256 = try FileDigest.sha256(of: folder.appendingPathComponent("model.safetensors"))
    baseFingerprint = try BaseModelFingerprint(modelAt: folder)
    self.hiddenSize = hiddenSize
  }

  /// Reads and checks a `config.json`.
  ///
  /// - Throws: `LanguageModelError` if it is absent, malformed, or of another kind of model.
  package init(_ url: URL) throws(LanguageModelError) {
    self = try SettingsFile.read(url)
    for (name, found, supported) in [
      ("model_type", modelType, Self.modelType), ("version", "\(version)", "\(Self.version)"),
    ] where found != supported {
      throw LanguageModelError(
        .unsupportedModel,
        "\(name) is \"\(found.prefix(60))\"; only \"\(supported)\" is supported.",
        subject: url.path,
        remedy: "Name the folder of an answer model, or update Attune if the model is newer."
      )
    }
  }

  /// Refuses a base model other than the one that the answer model was trained on.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if it is another, and what reading its
  ///   files throws.
  package func require(base folder: URL) throws(LanguageModelError) {
    let found: String
    let expected: String
    if let baseFingerprint, let present = try BaseModelFingerprint(modelAt: folder) {
      (found, expected) = (present.text, baseFingerprint.text)
    } else {
      found = try FileDigest.sha256(of: folder.appendingPathComponent("model.safetensors"))
      expected = baseSHA256.lowercased()
    }
    guard found != expected else { return }
    throw LanguageModelError(
      .weightMismatch,
      "The answer model was trained on other weights than those in this folder.",
      subject: folder.path,
      cause: "It expects \(base.prefix(120)) with \(expected.prefix(100)), and finds "
        + "\(found.prefix(100)).",
      remedy: "Install \(base.prefix(120)) again, or give the base model that the answer model's "
        + "config.json names."
    )
  }
}

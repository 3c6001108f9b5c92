import Foundation

/// What `config.json` tells about a model before anything is loaded.
struct ModelConfiguration {
  /// Far more than any model's settings take.
  static let sizeLimit = 1 << 20

  /// The classes that the model can be loaded as.
  let architectures: [String]
  /// The family.
  let modelType: String?
  /// How the weights were quantised, if they were.
  let quantization: String?
  private let hasTextPart: Bool

  private struct NotAnObject: Error {}

  /// Reads the file.
  ///
  /// - Throws: if it is absent, too large, or holds no JSON object.
  init(_ file: URL) throws {
    guard let size = FileDigest.size(of: file), size <= Self.sizeLimit,
      let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    else { throw NotAnObject() }
    architectures = object["architectures"] as? [String] ?? []
    modelType = object["model_type"] as? String
    hasTextPart = object["text_config"] is [String: Any]
    quantization = (object["quantization_config"] as? [String: Any]).map { settings in
      settings["quant_method"] as? String ?? "an unnamed method"
    }
  }

  /// What the model is for; nil if this does not tell.
  var role: KnownModel.Role? {
    for name in architectures {
      if name.hasSuffix("ForSequenceClassification") { return .reranker }
      if name.hasSuffix("ForCausalLM") || name.hasSuffix("LMHeadModel") { return .generator }
      // A model of pictures and text, whose text part writes.
      if name.hasSuffix("ForConditionalGeneration") && hasTextPart { return .generator }
    }
    // A bare encoder, as `BertModel`, or one with its training head, as `BertForMaskedLM`.
    return (architectures + [modelType ?? ""]).contains(where: Self.isEncoder) ? .embedder : nil
  }

  /// Whether a class or family is one of the BERT kind.
  static func isEncoder(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["bert", "mpnet", "electra", "t5encoder"].contains { name.contains($0) }
  }
}

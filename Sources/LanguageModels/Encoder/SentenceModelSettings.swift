package import Foundation

/// How a sentence-transformers model folder turns token vectors into one vector.
///
/// `modules.json` lists the steps: the transformer, pooling, and perhaps normalisation. Without that
/// file the mean is taken and not normalised, as sentence-transformers does.
package struct SentenceModelSettings: Sendable, Equatable {
  package enum Pooling: Sendable {
    /// The mean of all tokens' vectors.
    case mean
    /// The first token's vector.
    case first
  }

  package private(set) var pooling = Pooling.mean
  package private(set) var normalizes = false
  /// The folder of the transformer's own files.
  package private(set) var transformerFolder: URL
  /// From `sentence_bert_config.json`; `nil` if it does not say.
  package private(set) var maximumTokens: Int?

  private struct Module: Decodable {
    let path: String
    let type: String
  }

  private struct PoolingFile: Decodable {
    let mean: Bool?
    let first: Bool?
    let highest: Bool?
    let meanBySquareRoot: Bool?
    let weightedMean: Bool?
    let last: Bool?

    enum CodingKeys: String, CodingKey {
      case mean = "pooling_mode_mean_tokens"
      case first = "pooling_mode_cls_token"
      case highest = "pooling_mode_max_tokens"
      case meanBySquareRoot = "pooling_mode_mean_sqrt_len_tokens"
      case weightedMean = "pooling_mode_weightedmean_tokens"
      case last = "pooling_mode_lasttoken"
    }
  }

  private struct TransformerFile: Decodable {
    let maximumTokens: Int?
    let lowercases: Bool?

    enum CodingKeys: String, CodingKey {
      case maximumTokens = "max_seq_length"
      case lowercases = "do_lower_case"
    }
  }

  /// Reads the settings of a model folder.
  ///
  /// - Throws: `LanguageModelError` if a file is malformed or asks for a step that is not supported.
  package init(folder: URL) throws(LanguageModelError) {
    transformerFolder = folder
    let list = folder.appendingPathComponent("modules.json")
    if let modules: [Module] = try SettingsFile.readIfPresent(list) {
      for module in modules { try add(module, folder: folder, list: list.path) }
    }
    let file = transformerFolder.appendingPathComponent("sentence_bert_config.json")
    guard let settings: TransformerFile = try SettingsFile.readIfPresent(file) else { return }
    if settings.lowercases == true {
      throw Self.unsupported("do_lower_case outside the tokenizer", file.path)
    }
    maximumTokens = settings.maximumTokens
  }

  private mutating func add(
    _ module: Module,
    folder: URL,
    list: String
  ) throws(LanguageModelError) {
    guard !module.path.split(separator: "/").contains(".."), !module.path.hasPrefix("/") else {
      throw LanguageModelError(
        .malformedConfiguration,
        "A module lies outside the model's folder.",
        subject: list,
        remedy: LanguageModelError.getItAgain
      )
    }
    let path = module.path.isEmpty ? folder : folder.appendingPathComponent(module.path)
    switch module.type.split(separator: ".").last {
    case "Transformer": transformerFolder = path
    case "Pooling": pooling = try Self.pooling(path.appendingPathComponent("config.json"))
    case "Normalize": normalizes = true
    default: throw Self.unsupported("the module \"\(module.type.prefix(80))\"", list)
    }
  }

  private static func pooling(_ url: URL) throws(LanguageModelError) -> Pooling {
    let file: PoolingFile = try SettingsFile.read(url)
    let others = [file.highest, file.meanBySquareRoot, file.weightedMean, file.last]
    if others.contains(true) { throw unsupported("this kind of pooling", url.path) }
    switch (file.mean ?? false, file.first ?? false) {
    case (true, false): return .mean
    case (false, true): return .first
    default: throw unsupported("pooling other than mean or first token alone", url.path)
    }
  }

  private static func unsupported(_ what: String, _ path: String) -> LanguageModelError {
    LanguageModelError(
      .unsupportedModel,
      "The model asks for \(what), which is not supported.",
      subject: path,
      remedy: "Use a sentence-transformers model with mean or first-token pooling."
    )
  }
}

public import Foundation
public import Tokenizers

extension LanguageModel {
  /// The name that the packed weights have in an imported model's folder.
  public static let packedFileName = PackedModelFile.fileName

  /// The tokenizer of a model's folder; of one that was imported from GGUF too.
  ///
  /// - Throws: `TokenizerError` or `LanguageModelError` if there is none, or it cannot be read.
  public static func tokenizer(in folder: URL) throws -> Tokenizer {
    let vocabulary = folder.appendingPathComponent(ModelFolder.vocabularyName)
    guard FileManager.default.fileExists(atPath: vocabulary.path) else {
      return try Tokenizer(contentsOf: folder)
    }
    return try Tokenizer(ggufVocabulary: GGUFFile(vocabulary).vocabulary())
  }
}

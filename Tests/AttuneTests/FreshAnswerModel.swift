import FineTuning
import Foundation
import LanguageModels

/// An answer model with new heads on the embedding model in the cache.
enum FreshAnswerModel {
  /// Writes one into a folder, which is made where it is missing.
  static func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let base = EmbeddingModel.folder
    let model = try TrainableAnswerModel(base: base, method: .full, seed: 1)
    try model.write(to: folder.appending(path: "model.safetensors"))
    let settings = try AnswerModelSettings(base: base, hiddenSize: model.configuration.hiddenSize)
    try JSONEncoder().encode(settings).write(to: folder.appending(path: "config.json"))
  }
}

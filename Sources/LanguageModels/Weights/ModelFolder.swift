import Foundation

/// What a path that names a language model holds.
enum ModelFolder {
  /// A packed file, with the tokenizer's files beside it.
  case packed(URL, folder: URL)
  /// A GGUF file.
  case gguf(URL)
  /// A folder as from Hugging Face.
  case safetensors(URL)

  /// A GGUF file without weights that import leaves beside a packed file, for its tokenizer.
  static let vocabularyName = "tokenizer.gguf"

  /// Finds out what is there.
  ///
  /// - Throws: `LanguageModelError` if there is nothing, or nothing that is a model, or more than one.
  init(_ url: URL) throws(LanguageModelError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw LanguageModelError(
        .missingFile,
        "There is no such file or folder.",
        subject: url.path,
        remedy: "Name the model's folder, its .gguf file or its packed file."
      )
    }
    guard isFolder.boolValue else {
      self = try Self.file(url)
      return
    }
    let packed = url.appendingPathComponent(PackedModelFile.fileName)
    if FileManager.default.fileExists(atPath: packed.path) {
      self = .packed(packed, folder: url)
      return
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    if names.contains("config.json") {
      self = .safetensors(url)
      return
    }
    let files = names.filter { $0.hasSuffix(".gguf") }.sorted()
    guard files.count == 1, let file = files.first else {
      throw LanguageModelError(
        .missingFile,
        files.isEmpty
          ? "The folder holds no language model: no config.json, no .gguf and no packed file."
          : "The folder holds \(files.count) GGUF files.",
        subject: url.path,
        remedy: files.isEmpty ? "Name the folder of a model." : "Name one of the files."
      )
    }
    self = .gguf(url.appendingPathComponent(file))
  }

  private static func file(_ url: URL) throws(LanguageModelError) -> ModelFolder {
    switch url.pathExtension.lowercased() {
    case "gguf": return .gguf(url)
    case PackedModelFile.pathExtension:
      return .packed(url, folder: url.deletingLastPathComponent())
    case "safetensors": return .safetensors(url.deletingLastPathComponent())
    default:
      throw LanguageModelError(
        .unsupportedModel,
        "This is no file that a language model comes in.",
        subject: url.path,
        remedy: "Name the model's folder, its .gguf file or its packed file."
      )
    }
  }
}

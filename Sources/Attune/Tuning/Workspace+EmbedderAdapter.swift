import Documents
import Knowledge
import Store

extension Workspace {
  /// Puts an embedder's adapter in use, or the model as it is: makes all vectors of the workspace anew,
  /// then searches with it. Documents, examples and traces stay as they are.
  ///
  /// - Parameters:
  ///   - name: the adapter; nil for the model without one.
  ///   - progress: told how many of how many passages are done.
  /// - Returns: the adapter that was in use before.
  /// - Throws: ``AttuneError`` where there is no such adapter of an embedder; `LanguageModelError` where it
  ///   does not fit the configured model; `StoreError` where a sync is running. The workspace is then as it
  ///   was.
  @discardableResult
  public func useEmbedder(
    adapter name: String?,
    progress: (_ done: Int, _ of: Int) throws -> Void = { _, _ in }
  ) throws -> String? {
    let before = adapters.active(.embedder)
    if let name, try adapters.record(of: name).role != .embedder {
      throw AttuneError(
        .adapterUnknown,
        "\(name) is no adapter of an embedder.",
        subject: name,
        remedy: "See 'attune adapters list'."
      )
    }
    let embedder = try embedder(adapter: name)
    let lock = try lock()
    defer { lock.release() }
    let store = try store()
    if let known = try store.embedder(), known.identity != embedder.identity {
      try store.replaceVectors(
        by: embedder.identity,
        dimension: embedder.dimension,
        vectors(of: store, by: embedder, progress)
      )
    }
    if let name { try adapters.activate(name) } else { try adapters.deactivate(.embedder) }
    return before
  }

  /// Passages embedded between two reports of progress.
  private static let slice = 64

  private func vectors(
    of store: KnowledgeStore,
    by embedder: any TextEmbedder,
    _ progress: (_ done: Int, _ of: Int) throws -> Void
  ) throws -> [Int64: [Float]] {
    var inputs: [(id: Int64, input: EmbeddingInput)] = []
    for document in try store.documents(matching: SearchFilter()) {
      for stored in try store.passages(ofDocument: document.id, ordinals: 0..<Int.max) {
        let prefix = stored.passage.embeddingPrefix(title: document.title)
        inputs.append((stored.id, EmbeddingInput(prefix: prefix, text: stored.passage.text)))
      }
      if let summary = try store.summary(ofDocument: document.id) {
        inputs.append((summary.id, EmbeddingInput(text: summary.passage.text)))
      }
    }
    var vectors: [Int64: [Float]] = [:]
    for start in stride(from: 0, to: inputs.count, by: Self.slice) {
      let part = inputs[start..<min(start + Self.slice, inputs.count)]
      for (item, embedded) in zip(part, try embedder.embed(part.map(\.input))) {
        vectors[item.id] = embedded.vector
      }
      try progress(start + part.count, inputs.count)
    }
    return vectors
  }
}

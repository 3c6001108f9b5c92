import ModelCatalog

extension Workspace {
  /// Prepares the tuning of a reranker: reads the examples, loads the model, and searches for what looks
  /// like an answer and is none.
  ///
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where no example's passage is in the workspace, and
  ///   what is wrong with examples, settings or model.
  public func rerankerTuning(_ request: RerankerTuningRequest) throws -> RerankerTuning {
    try rerankerTuning(request, resumes: false)
  }

  func rerankerTuning(_ request: RerankerTuningRequest, resumes: Bool) throws -> RerankerTuning {
    try rerankerTuning(request, session: session(generates: false), resumes: resumes)
  }

  /// The same on a session that is at hand.
  package func rerankerTuning(
    _ request: RerankerTuningRequest,
    session: WorkspaceSession,
    resumes: Bool = false
  ) throws -> RerankerTuning {
    let name = request.model ?? configuration.embedder
    return try RerankerTuning(
      request,
      examples: examples(of: request.data),
      embedded: embeddedTexts(),
      session: session,
      layout: layout,
      modelName: name,
      folder: ModelLibrary(near: layout.root).model(named: name).folder,
      resumes: resumes
    )
  }
}

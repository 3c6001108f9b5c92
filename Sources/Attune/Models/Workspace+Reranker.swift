package import Knowledge
import ModelCatalog

extension Workspace {
  /// The reranker in use; nil where there is none.
  ///
  /// - Throws: ``AttuneError`` where its adapter or its model is gone.
  func reranker() throws -> (any PassageReranker)? {
    try adapters.active(.reranker).map { try reranker(adapter: $0) }
  }

  /// The reranker that an adapter makes. It loads beside other work.
  ///
  /// - Throws: ``AttuneError`` where there is no such adapter, or its model is gone.
  package func reranker(adapter name: String) throws -> any PassageReranker {
    let record = try adapters.record(of: name)
    let model = try ModelLibrary(near: layout.root).model(named: record.baseModel)
    return PairReranker(record, in: adapters, base: model.folder)
  }
}

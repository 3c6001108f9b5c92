import Datasets
import Documents
import FineTuning
import Foundation
import Knowledge
import LanguageModels
import ModelCatalog
import Store

extension Workspace {
  /// Prepares the tuning of an embedder: reads the examples, loads the model.
  ///
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where no example has a passage, and what is
  ///   wrong with examples, settings or model.
  public func embedderTuning(_ request: EmbedderTuningRequest) throws -> EmbedderTuning {
    try embedderTuning(request, resumes: false)
  }

  func embedderTuning(_ request: EmbedderTuningRequest, resumes: Bool) throws -> EmbedderTuning {
    let name = request.model ?? configuration.embedder
    return try EmbedderTuning(
      request,
      examples: examples(of: request.data),
      embedded: embeddedTexts(),
      layout: layout,
      modelName: name,
      folder: ModelLibrary(near: layout.root).model(named: name).folder,
      resumes: resumes
    )
  }

  /// For the text of each passage what is embedded for it: the text behind its title and headings.
  func embeddedTexts() throws -> [String: String] {
    let database = layout.data.appending(path: KnowledgeStore.fileName)
    guard FileManager.default.fileExists(atPath: database.path) else { return [:] }
    let store = try store(access: .readOnly)
    var texts: [String: String] = [:]
    for document in try store.documents(matching: SearchFilter()) {
      for stored in try store.passages(ofDocument: document.id, ordinals: 0..<Int.max) {
        texts[stored.passage.text] = stored.passage.embeddingText(title: document.title)
      }
    }
    return texts
  }
}

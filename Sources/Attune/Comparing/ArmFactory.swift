import Answering
import Evaluation
import Foundation
import Knowledge
import LanguageModels
import ModelCatalog
import Store

/// Makes arms ready for questions.
struct ArmFactory {
  let workspace: Workspace
  let session: WorkspaceSession

  /// What answers from memory, and what helps to answer from passages.
  private struct Writer {
    let name: String
    let memory: (any TextGenerator)?
    var reader: (any PassageReader)?
    /// Writes answers from passages; nil where they are short answers and quotes.
    var generator: (any TextGenerator)?
  }

  /// Loads an arm.
  ///
  /// - Parameters:
  ///   - recipe: the arm.
  ///   - adapter: the adapter of the workspace that was trained for it.
  /// - Returns: the arm, ready for questions.
  /// - Throws: ``AttuneError`` where there is no model for it, and what is wrong with models.
  func arm(_ recipe: ArmRecipe, adapter: String?) throws -> any AnsweringArm {
    var adapter = adapter
    if case .adapter(let name) = recipe.weights { adapter = name }
    let writer = try writer(of: recipe, adapter: adapter)
    if recipe.retrieves {
      let configuration = session.configuration
      return PassageArm(
        answerer: Answerer(
          passages: session.store,
          traces: ForgetfulTraces(),
          embedder: session.embedder,
          search: configuration.search,
          context: configuration.context,
          answers: configuration.answers,
          generator: writer.generator,
          reader: writer.reader,
          writing: configuration.generation
        ),
        generator: writer.name
      )
    }
    guard let memory = writer.memory else { throw Self.noModel(recipe) }
    return MemoryArm(writer: memory)
  }

  /// The model that an arm's adapter is trained for.
  ///
  /// - Throws: ``AttuneError`` where its weights cannot be trained.
  func trainedModel(of recipe: ArmRecipe) throws -> String {
    if let model = recipe.model { return model }
    switch workspace.configuration.generator {
    case .local(let name): return name
    case .answerModel:
      guard library.answerModel() != nil else { throw Self.noModel(recipe) }
      return ModelLibrary.answerModelName
    case .extractive: throw Self.noModel(recipe)
    case .server(let settings):
      throw AttuneError(
        .comparisonInvalid,
        "The weights of a model behind a server cannot be trained here.",
        subject: settings.model,
        remedy: "Name a local model for the arm, or leave it out with --arm base --arm retrieval."
      )
    }
  }

  private var library: ModelLibrary { ModelLibrary(near: workspace.layout.root) }

  private func writer(of recipe: ArmRecipe, adapter: String?) throws -> Writer {
    if let model = recipe.model { return try writer(local: model, adapter) }
    switch workspace.configuration.generator {
    case .local(let name): return try writer(local: name, adapter)
    case .server(let settings):
      let server = try ServerGenerator(settings)
      return Writer(name: server.name, memory: server, generator: server)
    case .extractive: return Writer(name: "quotes", memory: nil)
    case .answerModel:
      guard library.answerModel() != nil else { return Writer(name: "quotes", memory: nil) }
      return try writer(local: ModelLibrary.answerModelName, adapter)
    }
  }

  private func writer(local model: String, _ adapter: String?) throws -> Writer {
    let name = adapter.map { "\(model) + \($0)" } ?? model
    if let folder = try? library.model(named: model).folder,
      (try? AnswerModelSettings(folder.appending(path: "config.json"))) != nil
    {
      let reader = AnswerModelReader(folder: folder, name: name, library: library) {
        [adapters = workspace.adapters] in try adapter.map { try adapters.adapter($0) }
      }
      return Writer(name: name, memory: reader, reader: reader)
    }
    let language = try library.languageModel(named: model)
    if let adapter {
      language.adapter = try language.prepare(workspace.adapters.adapter(adapter))
    }
    let generator = LocalGenerator(language, name: name)
    return Writer(name: name, memory: generator, generator: generator)
  }

  private static func noModel(_ recipe: ArmRecipe) -> AttuneError {
    AttuneError(
      .modelMissing,
      "There is no model that could answer without passages, which the arm “\(recipe.title)” needs.",
      subject: recipe.id,
      remedy: """
        Configure a generator (models.generator in attune.yaml), or install the answer model: \
        attune models import <folder>
        """
    )
  }
}

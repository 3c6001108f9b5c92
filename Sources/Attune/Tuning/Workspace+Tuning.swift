import Datasets
import FineTuning
import Foundation
import LanguageModels
import ModelCatalog

extension Workspace {
  /// The adapters of this workspace.
  public var adapters: AdapterLibrary { AdapterLibrary(folder: layout.adapters) }

  /// Prepares the tuning of a generator: reads and checks the examples, loads the model.
  ///
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where the examples are worthless, and what is
  ///   wrong with examples, settings or model.
  public func generatorTuning(_ request: GeneratorTuningRequest) throws -> GeneratorTuning {
    try tuning(request, resumes: false)
  }

  /// Prepares an interrupted tuning to go on.
  ///
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where there is none of this name.
  public func resumedTuning(_ name: String) throws -> any Tuning {
    let run = TuningRun(name, in: layout)
    switch run.request {
    case .generator(let request)?: return try tuning(request, resumes: run.hasCheckpoint)
    case .embedder(let request)?: return try embedderTuning(request, resumes: run.hasCheckpoint)
    case .reranker(let request)?: return try rerankerTuning(request, resumes: run.hasCheckpoint)
    case nil: break
    }
    let names = interruptedTunings()
    throw AttuneError(
      .tuningInvalid,
      "There is no interrupted tuning named \(name.prefix(80)).",
      subject: name,
      remedy: names.isEmpty
        ? "None was interrupted. Begin one with 'attune tune generator'."
        : "These can go on: \(names.joined(separator: ", "))."
    )
  }

  /// The tunings that were interrupted, by name.
  public func interruptedTunings() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.runs.path)) ?? []
    return names.filter { TuningRun($0, in: layout).request != nil }.sorted()
  }

  private func tuning(
    _ request: GeneratorTuningRequest,
    resumes: Bool
  ) throws -> GeneratorTuning {
    let examples = try examples(of: request.data)
    let name = try request.model ?? localGeneratorName()
    return try GeneratorTuning(
      request,
      examples: examples,
      layout: layout,
      modelName: name,
      model: ModelLibrary(near: layout.root)
        .tunableModel(named: name, precision: request.precision ?? Self.precision(for: request)),
      resumes: resumes
    )
  }

  /// All weights can be trained only in 32-bit floats.
  private static func precision(for request: GeneratorTuningRequest) -> WeightPrecision? {
    request.settings.adapter == nil ? .float32 : nil
  }

  /// The local model that is configured as the generator.
  func localGeneratorName() throws -> String {
    switch configuration.generator {
    case .local(let name): return name
    case .answerModel: return ModelLibrary.answerModelName
    case .extractive, .server: break
    }
    throw AttuneError(
      .modelMissing,
      "No local language model is named or configured.",
      subject: "generator",
      remedy: "Name one with --model, or set models.generator in attune.yaml."
    )
  }
}

extension ModelLibrary {
  /// A model to be tuned: an answer model where the folder says so, else a language model.
  func tunableModel(named name: String, precision: WeightPrecision?) throws -> TunableModel {
    if let folder = try? model(named: name).folder,
      (try? AnswerModelSettings(folder.appending(path: "config.json"))) != nil
    {
      return .answer(folder: folder, base: try base(ofAnswerModelAt: folder).folder)
    }
    return .language(try languageModel(named: name, precision: precision))
  }
}

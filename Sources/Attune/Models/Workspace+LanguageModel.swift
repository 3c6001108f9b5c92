import Answering
public import Foundation
public import LanguageModels
import ModelCatalog

extension Workspace {
  /// Loads a language model without a workspace.
  ///
  /// - Parameters:
  ///   - name: An installed model, a model's folder or a GGUF file; the generator that is configured near
  ///     the place where absent.
  ///   - adapter: An adapter of the workspace or a folder in PEFT's form; none where absent.
  ///   - place: A folder in or under a workspace, or any other.
  /// - Returns: The model, loaded.
  /// - Throws: ``AttuneError`` with code `modelMissing`, or what is wrong with the model's files.
  public static func languageModel(
    named name: String?,
    adapter: String? = nil,
    near place: URL
  ) throws -> LanguageModel {
    let configured = try WorkspaceLayout.nearest(to: place).map { layout in
      try Workspace(layout: layout).configuration.generator
    }
    var wanted = name
    if wanted == nil, case .local(let model)? = configured { wanted = model }
    guard let wanted else {
      throw AttuneError(
        .modelMissing,
        "No local language model is named or configured.",
        subject: "generator",
        remedy: """
          Name one with --model, or set models.generator in attune.yaml. Get one with
              attune models pull <owner>/<name>         from the Hugging Face hub
              attune models import <folder or .gguf>    from files brought from elsewhere
          """
      )
    }
    let model = try ModelLibrary(near: place).languageModel(named: wanted)
    guard let adapter else { return model }
    let folder = URL(fileURLWithPath: adapter)
    let found =
      PEFTAdapterFile.isAdapter(folder)
      ? try PEFTAdapterFile.read(folder)
      : try Workspace.find(from: place).adapters.adapter(adapter)
    model.adapter = try model.prepare(found)
    return model
  }
}

extension ModelLibrary {
  /// Loads an installed language model, or the one in the folder or GGUF file of this name.
  ///
  /// - Throws: ``AttuneError`` with code `modelMissing` that names the ways to get it, or what is wrong
  ///   with the model's files.
  func languageModel(
    named name: String,
    precision: WeightPrecision? = nil
  ) throws -> LanguageModel {
    let file = URL(fileURLWithPath: name)
    let isFile = name.hasSuffix(".gguf") && FileManager.default.fileExists(atPath: file.path)
    return try LanguageModel(
      contentsOf: isFile ? file : model(named: name).folder,
      precision: precision
    )
  }
}

extension Workspace {
  /// The generator that is configured; nil where answers are quotes, with or without the reader's words.
  func generator() throws -> (any TextGenerator)? {
    switch configuration.generator {
    case .extractive, .answerModel: return nil
    case .server(let settings): return try ServerGenerator(settings)
    case .local(let name):
      let model = try ModelLibrary(near: layout.root).languageModel(named: name)
      guard let active = adapters.active(.generator) else {
        return LocalGenerator(model, name: name)
      }
      model.adapter = try model.prepare(adapters.adapter(active))
      return LocalGenerator(model, name: "\(name) + \(active)")
    }
  }
}

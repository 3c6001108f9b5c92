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
    let library = ModelLibrary(near: place)
    guard let adapter else { return try library.languageModel(named: wanted) }
    let folder = URL(fileURLWithPath: adapter)
    guard PEFTAdapterFile.isAdapter(folder) else {
      return try library.languageModel(
        named: wanted,
        with: adapter,
        in: Workspace.find(from: place).adapters
      )
    }
    let model = try library.languageModel(named: wanted)
    model.adapter = try model.prepare(PEFTAdapterFile.read(folder))
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

  /// Loads a language model with an adapter, or what training made of the whole model.
  ///
  /// - Throws: ``AttuneError`` with code `adapterUnknown` where there is none, or a whole model was made from
  ///   another one; and what loading throws.
  func languageModel(
    named name: String,
    with adapter: String,
    in adapters: AdapterLibrary
  ) throws -> LanguageModel {
    let record = try adapters.record(of: adapter)
    guard record.isWholeModel else {
      let model = try languageModel(named: name)
      model.adapter = try model.prepare(adapters.adapter(adapter))
      return model
    }
    guard record.role == .generator, record.baseModel == name else {
      throw AttuneError(
        .adapterUnknown,
        "\(adapter) was trained from \(record.baseModel), not from \(name).",
        subject: adapter,
        remedy: "Use it with that model, or put it out of use: attune adapters deactivate generator"
      )
    }
    return try LanguageModel(contentsOf: adapters.place(of: adapter), precision: .float32)
  }
}

extension Workspace {
  /// The generator that is configured; nil where answers are quotes, with or without the reader's words.
  func generator() throws -> (any TextGenerator)? {
    switch configuration.generator {
    case .extractive, .answerModel: return nil
    case .server(let settings): return try ServerGenerator(settings)
    case .local(let name):
      let library = ModelLibrary(near: layout.root)
      guard let active = adapters.active(.generator) else {
        return LocalGenerator(try library.languageModel(named: name), name: name)
      }
      return LocalGenerator(
        try library.languageModel(named: name, with: active, in: adapters),
        name: "\(name) + \(active)"
      )
    }
  }
}

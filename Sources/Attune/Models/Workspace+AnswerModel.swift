public import Answering
public import Foundation
import LanguageModels
import ModelCatalog

extension Workspace {
  /// The reader for answers; nil where another generator is configured, or there is no answer model.
  ///
  /// It loads on a thread of its own, with the adapter in use where that is one of the answer model.
  func reader() -> (any PassageReader)? {
    guard configuration.generator == .answerModel else { return nil }
    let library = ModelLibrary(near: layout.root)
    guard let model = library.answerModel() else { return nil }
    let name = ModelLibrary.answerModelName
    guard let active = adapters.active(.generator),
      (try? adapters.record(of: active))?.baseModel == name
    else { return AnswerModelReader(folder: model.folder, name: name, library: library) }
    return AnswerModelReader(
      folder: model.folder,
      name: "\(name) + \(active)",
      library: library
    ) { [adapters] in try adapters.adapter(active) }
  }

  /// The answer model as a generator that answers from memory, without a workspace.
  ///
  /// - Parameters:
  ///   - adapter: an adapter of the workspace or a folder in PEFT's form; none where absent.
  ///   - place: a folder in or under a workspace, or any other.
  /// - Returns: the generator.
  /// - Throws: ``AttuneError`` with code `modelMissing` where there is no answer model.
  public static func answerModel(
    adapter: String? = nil,
    near place: URL
  ) throws -> any TextGenerator {
    let library = ModelLibrary(near: place)
    let name = ModelLibrary.answerModelName
    let model = try library.model(named: name)
    guard let adapter else {
      return AnswerModelReader(folder: model.folder, name: name, library: library)
    }
    let folder = URL(fileURLWithPath: adapter)
    return AnswerModelReader(folder: model.folder, name: "\(name) + \(adapter)", library: library) {
      PEFTAdapterFile.isAdapter(folder)
        ? try PEFTAdapterFile.read(folder)
        : try Workspace.find(from: place).adapters.adapter(adapter)
    }
  }
}

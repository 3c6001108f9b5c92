import Foundation
import LanguageModels
public import ModelCatalog

extension ModelLibrary {
  /// The name of the answer model that comes with the program.
  public static let answerModelName = "attune-answer"

  /// What there is of the answer model.
  public enum AnswerModelState: Sendable {
    /// It is there, and so is the model that it builds on.
    case usable(InstalledModel)
    /// It is there, but cannot be used.
    case unusable(InstalledModel, any Error)
    /// It is neither installed nor beside the program.
    case missing
  }

  /// Whether the answer model can be used. Its weights are not read.
  public func answerModelState() -> AnswerModelState {
    guard let model = answerModel() else { return .missing }
    do {
      let settings = try AnswerModelSettings(model.folder.appending(path: "config.json"))
      try settings.require(base: base(ofAnswerModelAt: model.folder).folder)
      return .usable(model)
    } catch {
      return .unusable(model, error)
    }
  }

  /// The answer model as it is shown, with its files.
  func answerModelWithFiles() -> InstalledModel? {
    guard var model = answerModel() else { return nil }
    if model.files.isEmpty { model.files = Self.files(in: model.folder) }
    return model
  }

  /// The answer model: the workspace's own, that of the user's cache, else the one beside the program.
  func answerModel() -> InstalledModel? {
    let name = Self.answerModelName
    if let own = ownModel(name), Self.isWhole(own.folder) { return own }
    if let installed = cache.installed(name) { return installed }
    let copied = cache.modelsFolder.appending(path: name, directoryHint: .isDirectory)
    return ([copied] + shippedPlaces).first(where: Self.isWhole).map(Self.described)
  }

  /// The model that an answer model builds on.
  ///
  /// - Throws: ``AttuneError`` with code `modelMissing`, or what is wrong with the answer model's settings.
  func base(ofAnswerModelAt folder: URL) throws -> InstalledModel {
    try model(named: AnswerModelSettings(folder.appending(path: "config.json")).base)
  }

  /// Where models stand that come with a program: in the resources of a build, beside the program, and in
  /// the usual place of an installation.
  ///
  /// Looked for without the bundle that the package manager generates, which ends the program where it
  /// finds nothing.
  static func shippedPlaces(beside program: URL?) -> [URL] {
    guard let folder = program?.resolvingSymlinksInPath().deletingLastPathComponent() else {
      return []
    }
    return ["attune_Attune.resources", ".", "../share/attune"].map { place in
      folder.appending(path: "\(place)/\(answerModelName)", directoryHint: .isDirectory)
        .standardizedFileURL
    }
  }

  private static func isWhole(_ folder: URL) -> Bool {
    ["config.json", "model.safetensors"].allSatisfy {
      FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
    }
  }

  private static func files(in folder: URL) -> [KnownModel.File] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      let data = try? Data(contentsOf: folder.appending(path: name), options: .alwaysMapped)
      return data.map {
        KnownModel.File(path: name, size: $0.count, sha256: HexDigest.sha256(of: $0))
      }
    }
  }

  private static func described(_ folder: URL) -> InstalledModel {
    InstalledModel(
      name: answerModelName,
      folder: folder,
      source: "with the program",
      role: .generator,
      files: []
    )
  }
}

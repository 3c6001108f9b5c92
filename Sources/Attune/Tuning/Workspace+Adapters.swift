import FineTuning
public import Foundation
import LanguageModels

extension Workspace {
  /// Brings in an adapter that was trained elsewhere: a folder in PEFT's form or a GGUF file.
  ///
  /// - Parameters:
  ///   - place: the folder or file.
  ///   - name: what to call it; the folder's name where absent.
  ///   - wanted: the model it belongs to; the configured generator where absent.
  /// - Returns: what is known of it.
  /// - Throws: `LanguageModelError` where it cannot be read or does not fit the model.
  public func importAdapter(
    at place: URL,
    name: String? = nil,
    model wanted: String? = nil
  ) throws -> AdapterRecord {
    let modelName = try wanted ?? localGeneratorName()
    let adapter = try adapter(
      at: place,
      for: ModelLibrary(near: layout.root).tunableModel(named: modelName, precision: nil)
    )
    var record = AdapterRecord(
      name: name ?? place.deletingPathExtension().lastPathComponent,
      role: .generator,
      origin: .imported,
      created: Date(),
      baseModel: modelName
    )
    record.baseFingerprint = adapter.baseFingerprint?.text
    try adapters.save(adapter, record)
    return record
  }

  /// Reads an adapter; refuses what does not fit the model.
  private func adapter(at place: URL, for model: TunableModel) throws -> LowRankAdapter {
    var adapter: LowRankAdapter
    let location: URL
    switch model {
    case .language(let model):
      location = model.location
      adapter =
        place.pathExtension.lowercased() == "gguf"
        ? try GGUFAdapterFile.read(place, for: model.decoder.configuration)
        : try PEFTAdapterFile.read(place)
      _ = try model.prepare(adapter)
    case .answer(let folder, let base):
      location = folder
      adapter = try PEFTAdapterFile.read(place)
      _ = try AnswerModel(folder: folder, base: base, adapter: adapter)
    }
    adapter.baseFingerprint =
      try adapter.baseFingerprint ?? BaseModelFingerprint(modelAt: location)
    return adapter
  }

  /// Writes an adapter for other programs: as GGUF where the name ends so, else in PEFT's form.
  ///
  /// - Throws: ``AttuneError`` with code `fileFault` where there is something already.
  public func exportAdapter(_ name: String, to place: URL) throws {
    let record = try adapters.record(of: name)
    let adapter = try adapters.adapter(name)
    guard !FileManager.default.fileExists(atPath: place.path) else {
      throw AttuneError(
        .fileFault,
        "There is something at this place already.",
        subject: place.path,
        remedy: "Name a place where nothing is."
      )
    }
    guard place.pathExtension.lowercased() == "gguf" else {
      try PEFTAdapterFile.write(adapter, to: place)
      guard record.role == .reranker else { return }
      // PEFT's form has no place for the layer that scores.
      let name = AdapterLibrary.classifierName
      try FileManager.default.copyItem(
        at: adapters.place(of: record.name).appending(path: name),
        to: place.appending(path: name)
      )
      return
    }
    let model = try ModelLibrary(near: layout.root).languageModel(named: record.baseModel)
    try GGUFAdapterFile.write(adapter, for: model.decoder.configuration, to: place)
  }
}

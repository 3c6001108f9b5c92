public import Foundation

extension PEFTAdapterFile {
  /// Writes an adapter so that PEFT reads it.
  ///
  /// - Parameters:
  ///   - adapter: the adapter.
  ///   - folder: where it goes; made if it is not there. The configuration comes last, so that a folder
  ///     that has it is whole.
  ///   - type: how the numbers are written.
  /// - Throws: `LanguageModelError` with code `unwritableFile` if it cannot be written, `invalidInput`
  ///   if its layers are of kinds that one PEFT adapter cannot mix.
  public static func write(
    _ adapter: LowRankAdapter,
    to folder: URL,
    as type: TensorType = .float32
  ) throws {
    let configuration = try WrittenPEFTConfiguration(adapter)
    var tensors: [SafetensorsWriter.Tensor] = []
    for name in adapter.layerNames {
      guard let update = adapter.updates[name] else { continue }
      let path = "base_model.model." + name
      tensors.append(
        (path + ".lora_A.weight", [update.rank, update.inputs], { update.a })
      )
      tensors.append(
        (path + ".lora_B.weight", [update.outputs, update.rank], { update.b })
      )
      if let magnitude = update.magnitude {
        tensors.append((path + ".lora_magnitude_vector", [update.outputs], { magnitude }))
      }
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try SafetensorsWriter.write(
        tensors,
        as: type,
        metadata: ["format": "pt"],
        to: folder.appendingPathComponent(weightsName)
      )
      let notes = Notes(baseFingerprint: adapter.baseFingerprint)
      try encoder.encode(notes)
        .write(to: folder.appendingPathComponent(notesName), options: .atomic)
      try encoder.encode(configuration)
        .write(to: folder.appendingPathComponent(configurationName), options: .atomic)
    } catch let error as LanguageModelError {
      throw error
    } catch {
      throw LanguageModelError(
        .unwritableFile,
        "The adapter cannot be written.",
        subject: folder.path,
        cause: error.localizedDescription,
        remedy: "Check that there is room on the disk and that you may write there."
      )
    }
  }
}

public import Foundation
public import Kernels
public import LanguageModels

/// Making a model of its own from a base model and an adapter.
public enum ModelMerging {
  /// Writes a folder with the base model's files in which the adapter has become part of the weights.
  ///
  /// Weights are read and written piece by piece, so that little memory is taken whatever the model's
  /// size.
  ///
  /// - Parameters:
  ///   - adapter: the adapter.
  ///   - base: the base model's folder with safetensors, of a text generator or of the BERT family.
  ///   - folder: where the new model goes; it appears there whole or not at all, and nothing may be
  ///     there before.
  ///   - type: how floats are written, 32-bit, 16-bit or bfloat16; if `nil`, each weight as in the base
  ///     model.
  ///   - pool: the threads to use.
  ///   - progress: called with the share that is done, from 0 to 1.
  /// - Throws: `LanguageModelError` if the base model cannot be read or the adapter does not fit it;
  ///   `FineTuningError` with code `unsuitableModel` if its weights are no safetensors, or
  ///   `unwritableFile` if the folder is there already or cannot be written.
  public static func merge(
    _ adapter: LowRankAdapter,
    with base: URL,
    into folder: URL,
    type: TensorType? = nil,
    pool: WorkerPool = .shared,
    progress: (Double) -> Void = { _ in }
  ) throws {
    guard !FileManager.default.fileExists(atPath: folder.path) else {
      throw FineTuningError(
        .unwritableFile,
        "There is something at this place already.",
        subject: folder.path,
        remedy: "Name a folder that does not exist yet."
      )
    }
    if let type, ![.float32, .float16, .bfloat16].contains(type) {
      throw FineTuningError(
        .invalidSettings,
        "Weights are written as F32, F16 or BF16, not \(type.rawValue).",
        subject: folder.path,
        remedy: "Choose one of these."
      )
    }
    try requireSafetensors(base)
    try adapter.baseFingerprint?.require(base, adapter: adapter)
    let weights = try SafetensorsFolder(base)
    let updates = try BaseLayers(base).updates(of: adapter, in: weights)

    let temporary = folder.deletingLastPathComponent()
      .appendingPathComponent(".\(folder.lastPathComponent).\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
      try ModelFiles.copy(from: base, to: temporary, type: type)
      var bytes = 0
      for (index, file) in weights.files.enumerated() {
        let writer = MergedWeightFile(file, updates: updates, type: type, pool: pool)
        let name = URL(fileURLWithPath: file.path).lastPathComponent
        bytes += try writer.write(to: temporary.appendingPathComponent(name)) { part in
          progress((Double(index) + part) / Double(weights.files.count))
        }
      }
      try ModelFiles.copyIndex(from: base, to: temporary, totalSize: bytes)
      guard rename(temporary.path, folder.path) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    } catch {
      // Nothing half-written is left; that it may fail again changes nothing.
      try? FileManager.default.removeItem(at: temporary)
      if error is LanguageModelError || error is FineTuningError { throw error }
      throw FineTuningError(
        .unwritableFile,
        "The merged model cannot be written.",
        subject: folder.path,
        cause: error.localizedDescription,
        remedy: "Check that there is room on the disk and that you may write there."
      )
    }
  }

  private static func requireSafetensors(_ base: URL) throws(FineTuningError) {
    let hasWeights = ["model.safetensors", "model.safetensors.index.json"].contains {
      FileManager.default.fileExists(atPath: base.appendingPathComponent($0).path)
    }
    guard !hasWeights else { return }
    throw FineTuningError(
      .unsuitableModel,
      "An adapter is merged into a folder with safetensors; there are none here.",
      subject: base.path,
      remedy: "Name the original model's folder, as from Hugging Face."
    )
  }
}

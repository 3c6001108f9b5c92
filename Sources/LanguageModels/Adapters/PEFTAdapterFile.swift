public import Foundation

/// Reading and writing of adapters as PEFT keeps them: a folder with `adapter_config.json` and
/// `adapter_model.safetensors`, and beside them `attune_adapter.json`, which says what PEFT's files
/// have no place for.
///
/// Format: https://huggingface.co/docs/peft/developer_guides/checkpoint.
public enum PEFTAdapterFile {
  static let configurationName = "adapter_config.json"
  static let weightsName = "adapter_model.safetensors"
  static let notesName = "attune_adapter.json"

  /// What stands in `attune_adapter.json`.
  struct Notes: Codable {
    var baseFingerprint: BaseModelFingerprint?

    enum CodingKeys: String, CodingKey {
      case baseFingerprint = "base_fingerprint"
    }
  }

  /// Whether a folder holds an adapter.
  public static func isAdapter(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(configurationName).path)
  }

  /// Reads an adapter.
  ///
  /// - Parameter folder: the folder with the two files.
  /// - Returns: the adapter; whether it fits a model shows when it is put onto one.
  /// - Throws: `LanguageModelError` if a file is absent or damaged, a layer's halves do not fit each
  ///   other or the configuration, or the adapter is of a kind that would be computed wrongly.
  public static func read(_ folder: URL) throws(LanguageModelError) -> LowRankAdapter {
    let configurationFile = folder.appendingPathComponent(configurationName)
    let configuration: PEFTConfiguration = try SettingsFile.read(configurationFile)
    if let part = configuration.unsupportedPart {
      throw LanguageModelError(
        .unsupportedModel,
        "The adapter has \(part), which is not supported.",
        subject: configurationFile.path,
        remedy: "Use a LoRA adapter without it, or merge the adapter where it was made."
      )
    }
    let weightsFile = folder.appendingPathComponent(weightsName)
    try requireSafetensors(weightsFile, in: folder)
    let file = try SafetensorsFile(weightsFile)
    let layers = try layers(of: file)
    let scales = try PEFTScales(configuration, subject: configurationFile.path)
    var updates: [String: LowRankUpdate] = [:]
    for (name, tensors) in layers {
      updates[name] = try update(name, tensors, file, scales)
    }
    var adapter: LowRankAdapter
    do {
      adapter = try LowRankAdapter(updates: updates)
    } catch {
      throw malformed(error.message, file.path)
    }
    if case .list(let names)? = configuration.targetModules { adapter.targets = names }
    adapter.baseModelName = configuration.baseModelName
    adapter.taskType = configuration.taskType
    let notes: Notes? = try SettingsFile.readIfPresent(folder.appendingPathComponent(notesName))
    adapter.baseFingerprint = notes?.baseFingerprint
    return adapter
  }

  private static func requireSafetensors(
    _ file: URL,
    in folder: URL
  ) throws(LanguageModelError) {
    let pickled = folder.appendingPathComponent("adapter_model.bin")
    guard !FileManager.default.fileExists(atPath: file.path),
      FileManager.default.fileExists(atPath: pickled.path)
    else { return }
    throw LanguageModelError(
      .unsupportedModel,
      "The adapter's weights are a pickle file, which can run code and is not read.",
      subject: pickled.path,
      remedy: "Save it again with PEFT as safetensors."
    )
  }

  /// The tensors of each layer.
  private static func layers(
    of file: SafetensorsFile
  ) throws(LanguageModelError) -> [String: [PEFTTensorName.Part: String]] {
    var layers: [String: [PEFTTensorName.Part: String]] = [:]
    for name in file.names {
      // PEFT keeps a copy of output weights that have an update.
      if name.hasSuffix(".base_layer.weight") { continue }
      guard let parsed = PEFTTensorName(name) else {
        throw malformed(
          "It has the tensor \"\(printable(name))\", which is no part of a LoRA adapter.",
          file.path
        )
      }
      guard layers[parsed.layer, default: [:]].updateValue(name, forKey: parsed.part) == nil else {
        throw malformed("It has \"\(printable(name))\" twice.", file.path)
      }
    }
    return layers
  }

  private static func update(
    _ layer: String,
    _ tensors: [PEFTTensorName.Part: String],
    _ file: SafetensorsFile,
    _ scales: PEFTScales
  ) throws(LanguageModelError) -> LowRankUpdate {
    guard let nameOfA = tensors[.a], let nameOfB = tensors[.b] else {
      throw malformed(
        "The layer \"\(printable(layer))\" has only one of lora_A and lora_B.",
        file.path
      )
    }
    guard let shapeOfA = file.description(of: nameOfA)?.shape,
      let shapeOfB = file.description(of: nameOfB)?.shape, shapeOfA.count == 2,
      shapeOfB.count == 2, shapeOfA[0] == shapeOfB[1], shapeOfA[0] >= 1
    else {
      throw malformed(
        "lora_A and lora_B of the layer \"\(printable(layer))\" are no [rank × inputs] and "
          + "[outputs × rank].",
        file.path
      )
    }
    let rank = shapeOfA[0]
    if let stated = scales.rank(of: layer), stated != rank {
      throw malformed(
        "The layer \"\(printable(layer))\" has rank \(rank), the configuration says \(stated).",
        file.path
      )
    }
    var magnitude: [Float]?
    if let name = tensors[.magnitude] {
      // Older versions of PEFT wrote it as a column.
      let shape = file.description(of: name)?.shape ?? []
      let isColumn = shape == [shapeOfB[0], 1] || shape == [1, shapeOfB[0]]
      magnitude = try file.floats(name, shape: isColumn ? shape : [shapeOfB[0]])
    }
    guard scales.usesDoRA == (magnitude != nil) else {
      throw malformed(
        magnitude == nil
          ? "The layer \"\(printable(layer))\" has no magnitudes, though use_dora is set."
          : "The layer \"\(printable(layer))\" has magnitudes, though use_dora is not set.",
        file.path
      )
    }
    do {
      return try LowRankUpdate(
        inputs: shapeOfA[1],
        outputs: shapeOfB[0],
        rank: rank,
        alpha: scales.alpha(of: layer),
        isRankStabilized: scales.isRankStabilized,
        a: file.floats(nameOfA, shape: shapeOfA),
        b: file.floats(nameOfB, shape: shapeOfB),
        magnitude: magnitude
      )
    } catch {
      throw malformed("Layer \"\(printable(layer))\": \(error.message)", file.path)
    }
  }

  static func malformed(_ message: String, _ path: String) -> LanguageModelError {
    LanguageModelError(
      .malformedWeights,
      "The adapter cannot be used. " + message,
      subject: path,
      remedy: "Get the adapter again, or save it again with PEFT."
    )
  }

  // Names come from the file: no control characters, no endless lines in a message.
  static func printable(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(160).map {
      $0.properties.generalCategory == .control ? "\u{fffd}" : Character($0)
    }
    return String(scalars)
  }
}

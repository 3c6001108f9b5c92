public import Foundation
public import LanguageModels

/// Reading and writing of LoRA adapters as llama.cpp keeps them: a GGUF file of type `adapter` with
/// tensors `<weight>.lora_a` and `<weight>.lora_b`.
///
/// Format: `convert_lora_to_gguf.py` and `llama-adapter.cpp` of https://github.com/ggml-org/llama.cpp.
/// The scale there is alpha / rank with one alpha for all layers.
public enum GGUFAdapterFile {
  /// Writes an adapter.
  ///
  /// Layers whose scale is not alpha / rank with the first layer's alpha (rsLoRA, patterns) have the
  /// difference in B.
  ///
  /// - Parameters:
  ///   - adapter: the adapter.
  ///   - configuration: the base model's.
  ///   - file: where it goes; it appears there whole or not at all.
  /// - Throws: `FineTuningError` with code `unsuitableModel` if the adapter is a DoRA adapter, which the
  ///   format has no place for, or `unwritableFile`; `LanguageModelError` with code `weightMismatch` if
  ///   it does not fit the model.
  public static func write(
    _ adapter: LowRankAdapter,
    for configuration: DecoderConfiguration,
    to file: URL
  ) throws {
    let names = GGUFAdapterLayers(configuration)
    let updates = try adapter.updatesOfDecoder()
    var tensors: [GGUFTensorFile.Tensor] = []
    let alpha = adapter.layerNames.first.flatMap { adapter.updates[$0]?.alpha } ?? 1
    guard alpha > 0, updates.values.allSatisfy({ $0.magnitude == nil }) else {
      throw FineTuningError(
        .unsuitableModel,
        "GGUF files hold plain LoRA adapters with an alpha above 0; this one is of another kind.",
        subject: file.path,
        remedy: "Merge the adapter into the model, and convert that."
      )
    }
    try LowRankAdapter.refuse(
      unknown: Set(updates.keys).subtracting(names.layers.keys),
      subject: file.path
    )
    for (name, update) in updates.sorted(by: { $0.key < $1.key }) {
      guard let layer = names.layers[name] else { continue }
      try LowRankAdapter.require(
        update,
        of: name,
        inputs: layer.inputs,
        outputs: layer.outputs,
        subject: file.path
      )
      let factor = Float(Double(update.scale) * Double(update.rank) / alpha)
      var b = update.b
      if abs(factor - 1) > 1e-6 { b = b.map { $0 * factor } }
      b = layer.order.map { stored($0, of: b, rank: update.rank) } ?? b
      tensors.append(("\(layer.name).lora_a", [update.rank, update.inputs], update.a))
      tensors.append(("\(layer.name).lora_b", [update.outputs, update.rank], b))
    }
    let metadata: [(String, GGUFTensorFile.Value)] = [
      ("general.architecture", .string(names.architecture)),
      ("general.type", .string("adapter")),
      ("general.name", .string(adapter.baseModelName.map { $0 + " adapter" } ?? "adapter")),
      ("adapter.type", .string("lora")),
      ("adapter.lora.alpha", .float(Float(alpha))),
    ]
    do {
      try GGUFTensorFile.data(metadata, tensors).write(to: file, options: .atomic)
    } catch {
      throw FineTuningError(
        .unwritableFile,
        "The adapter cannot be written.",
        subject: file.path,
        cause: error.localizedDescription,
        remedy: "Check that there is room on the disk and that you may write there."
      )
    }
  }

  /// Reads an adapter.
  ///
  /// - Parameters:
  ///   - file: the GGUF file.
  ///   - configuration: the base model's, since layers have other names and some other orders there.
  /// - Returns: the adapter.
  /// - Throws: `LanguageModelError` if the file is absent, damaged, no LoRA adapter, or does not fit the
  ///   model.
  public static func read(
    _ file: URL,
    for configuration: DecoderConfiguration
  ) throws(LanguageModelError) -> LowRankAdapter {
    let source = try GGUFFile(file)
    let names = GGUFAdapterLayers(configuration)
    guard source.string("general.type") == "adapter", source.string("adapter.type") == "lora",
      let alpha = source.number("adapter.lora.alpha"), alpha.isFinite
    else {
      throw malformed("It is no LoRA adapter: general.type, adapter.type or alpha is amiss.", file)
    }
    if let architecture = source.string("general.architecture"),
      architecture != names.architecture
    {
      throw LanguageModelError(
        .weightMismatch,
        "The adapter is for the architecture \"\(architecture.prefix(40))\", the model is of "
          + "\"\(names.architecture)\".",
        subject: file.path,
        remedy: "Use the adapter with the model that it was trained on."
      )
    }
    var rest = Set(source.tensors.keys)
    var updates: [String: LowRankUpdate] = [:]
    for (name, layer) in names.layers {
      let (nameOfA, nameOfB) = (layer.name + ".lora_a", layer.name + ".lora_b")
      guard let a = source.tensors[nameOfA], let b = source.tensors[nameOfB] else { continue }
      rest.subtract([nameOfA, nameOfB])
      guard a.shape.count == 2, b.shape.count == 2, a.shape[0] == b.shape[1] else {
        throw malformed("The halves of \(layer.name) do not fit each other.", file)
      }
      let rank = a.shape[0]
      var values = try source.values(of: b)
      if let order = layer.order {
        guard order.count * rank == values.count else {
          throw malformed("\(nameOfB) has the shape \(b.shape).", file)
        }
        values = restored(order, of: values, rank: rank)
      }
      let update = try LowRankUpdate(
        inputs: a.shape[1],
        outputs: b.shape[0],
        rank: rank,
        alpha: alpha,
        a: try source.values(of: a),
        b: values
      )
      try LowRankAdapter.require(
        update,
        of: name,
        inputs: layer.inputs,
        outputs: layer.outputs,
        subject: file.path
      )
      updates[name] = update
    }
    try LowRankAdapter.refuse(unknown: rest, subject: file.path)
    var adapter = try LowRankAdapter(updates: updates)
    adapter.taskType = "CAUSAL_LM"
    return adapter
  }

  /// The rows of B in the order of the file: row i is row order[i].
  private static func stored(_ order: [Int], of b: [Float], rank: Int) -> [Float] {
    order.flatMap { b[$0 * rank..<($0 + 1) * rank] }
  }

  /// The rows of B in the order of transformers.
  private static func restored(_ order: [Int], of b: [Float], rank: Int) -> [Float] {
    var rows = [Float](repeating: 0, count: b.count)
    for (place, row) in order.enumerated() {
      for index in 0..<rank { rows[row * rank + index] = b[place * rank + index] }
    }
    return rows
  }

  private static func malformed(_ message: String, _ file: URL) -> LanguageModelError {
    LanguageModelError(
      .malformedWeights,
      "The adapter cannot be used. " + message,
      subject: file.path,
      remedy: "Get the adapter again, or convert it again with a current version of llama.cpp."
    )
  }
}

import Foundation
import LanguageModels

/// The linear layers of a base model, by what its `config.json` says.
struct BaseLayers {
  private let isEncoder: Bool
  private let layers: [String: (inputs: Int, outputs: Int)]
  private let path: String

  private struct Kind: Decodable {
    let modelType: String?

    enum CodingKeys: String, CodingKey {
      case modelType = "model_type"
    }
  }

  /// - Throws: `LanguageModelError` if the configuration is absent, malformed or of a model that does
  ///   not run here.
  init(_ folder: URL) throws {
    path = folder.path
    let file = folder.appendingPathComponent("config.json")
    let kind = try? JSONDecoder().decode(Kind.self, from: Data(contentsOf: file))
    isEncoder = kind?.modelType == "bert"
    var layers: [String: (inputs: Int, outputs: Int)] = [:]
    if isEncoder {
      for layer in try BertConfiguration(file).linearLayers {
        layers[layer.name] = (layer.inputs, layer.outputs)
      }
    } else {
      let configuration = try DecoderConfiguration(folder: folder)
      for layer in configuration.linearLayers {
        layers[layer.name] = (layer.inputs, layer.outputs)
      }
      if !configuration.tiesEmbeddings {
        layers["lm_head"] = (configuration.hiddenSize, configuration.vocabularySize)
      }
    }
    self.layers = layers
  }

  /// The updates of an adapter by the names that their weights have in the files.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if the adapter updates what the model has
  ///   not, or has in other sides.
  func updates(
    of adapter: LowRankAdapter,
    in weights: SafetensorsFolder
  ) throws(LanguageModelError) -> [String: LowRankUpdate] {
    var rest = try isEncoder ? adapter.updatesOfEncoder() : adapter.updatesOfDecoder()
    var found: [String: LowRankUpdate] = [:]
    for name in weights.names where name.hasSuffix(".weight") {
      let stored = String(name.dropLast(".weight".count))
      let layer =
        isEncoder ? LowRankAdapter.encoderLayer(stored) : LowRankAdapter.decoderLayer(stored)
      guard let sides = layers[layer], let update = rest.removeValue(forKey: layer) else {
        continue
      }
      try LowRankAdapter.require(
        update,
        of: layer,
        inputs: sides.inputs,
        outputs: sides.outputs,
        subject: path
      )
      let shape = weights.stored(name)?.shape ?? []
      guard shape == [sides.outputs, sides.inputs] else {
        throw LanguageModelError(
          .weightMismatch,
          "The weight \"\(name)\" has the shape \(shape), the configuration asks for "
            + "\([sides.outputs, sides.inputs]).",
          subject: path,
          remedy: "Check that the configuration and the weights belong to the same model."
        )
      }
      found[name] = update
    }
    try LowRankAdapter.refuse(unknown: rest.keys, subject: path)
    return found
  }
}

public import Foundation
import Kernels
public import LanguageModels

extension TrainableDecoder {
  /// How many weights a model of these sizes has.
  public static func weightCount(_ configuration: DecoderConfiguration) -> Int {
    DecoderTensor.all(configuration).reduce(0) { sum, tensor in
      switch tensor.shape(configuration) {
      case .matrix(let inputs, let outputs): sum + inputs * outputs
      case .vector(let count): sum + count
      }
    }
  }

  /// Writes a model of its own, of which all weights were trained: a folder as from Hugging Face, in 32-bit
  /// floats.
  ///
  /// - Parameters:
  ///   - folder: where it goes; it is there already, and empty.
  ///   - base: the folder of the model that training began with, for settings and vocabulary.
  /// - Throws: ``FineTuningError`` if only low-rank factors were trained: those are an adapter;
  ///   `LanguageModelError` if the weights cannot be written, and what copying throws.
  public func writeModel(to folder: URL, base: URL) throws {
    guard method == .full else {
      throw FineTuningError(
        .unsuitableModel,
        "Only low-rank factors were trained, not the model.",
        subject: folder.lastPathComponent,
        remedy: "Write them as an adapter."
      )
    }
    try ModelFiles.copy(from: base, to: folder, type: .float32)
    let configuration = self.base.configuration
    var outputs: [Substring: Int] = [:]
    for layer in 0..<configuration.layers {
      for part in DecoderTensor.Part.allCases {
        for module in part.modules(ofLayer: layer, configuration) {
          outputs[module.path[...]] = module.outputs.count
        }
      }
    }
    let countsFromOne = configuration.architecture.storesNormsFromOne
    let tensors = parameters.flatMap { $0.tensors { outputs[$0] } }.map {
      tensor -> SafetensorsWriter.Tensor in
      guard countsFromOne, tensor.name.hasSuffix("norm.weight") else { return tensor }
      return (tensor.name, tensor.shape, { try tensor.values().map { $0 - 1 } })
    }
    try SafetensorsWriter.write(
      tensors,
      metadata: ["format": "pt"],
      to: folder.appendingPathComponent("model.safetensors")
    )
  }
}

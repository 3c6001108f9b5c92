public import Foundation
import Kernels
public import LanguageModels

extension TrainableAnswerModel {
  /// Writes what was trained, all weights of the layers and heads, in the names of the answer model's file.
  ///
  /// - Parameters:
  ///   - url: where the file goes.
  ///   - type: how the values are written.
  /// - Throws: ``FineTuningError`` if only low-rank factors were trained: those are an adapter;
  ///   `LanguageModelError` if the file cannot be written.
  public func write(to url: URL, as type: TensorType = .float16) throws {
    guard method == .full else {
      throw FineTuningError(
        .unsuitableModel,
        "Only low-rank factors were trained, not the model.",
        subject: url.lastPathComponent,
        remedy: "Write them as an adapter."
      )
    }
    try SafetensorsWriter.write(parameters.flatMap(\.tensors), as: type, to: url)
  }
}

extension Parameter {
  /// The parameter under the names that files have: what lies side by side for speed stands alone there.
  fileprivate var tensors: [SafetensorsWriter.Tensor] {
    let ending = name.hasSuffix(".bias") ? ".bias" : name.hasSuffix(".weight") ? ".weight" : ""
    let parts = name.dropLast(ending.count).split(separator: "+")
    let isVector = value.rows == 1 && !isDecayed
    let size = (isVector ? value.columns : value.rows) / parts.count
    return parts.enumerated().map { index, part in
      let range = index * size..<(index + 1) * size
      return (
        name: part + ending,
        shape: isVector ? [size] : [size, value.columns],
        values: { [value] in
          isVector ? Array(value.row(0)[range]) : range.flatMap { value.row($0) }
        }
      )
    }
  }
}

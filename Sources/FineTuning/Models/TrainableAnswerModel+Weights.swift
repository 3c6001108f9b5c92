public import Foundation
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
    try SafetensorsWriter.write(parameters.flatMap { $0.tensors() }, as: type, to: url)
  }
}

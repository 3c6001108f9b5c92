public import Foundation
public import Kernels
import LanguageModels

extension RerankerTraining {
  /// Reads an embedding model's folder to train it to score questions with passages.
  ///
  /// - Parameters:
  ///   - folder: the model's folder, of sentence-transformers.
  ///   - method: what training changes.
  ///   - seed: where random starts come from, that of the head too where the model has none.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: ``FineTuningError`` if no layer is selected; `LanguageModelError` if the model cannot be
  ///   read.
  public convenience init(
    folder: URL,
    method: TrainingMethod,
    seed: UInt64,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws {
    self.init(
      try TrainableEncoder(
        folder: SentenceModelSettings(folder: folder).transformerFolder,
        method: method,
        seed: seed,
        scoresPairs: true,
        kernels: kernels,
        pool: pool
      )
    )
  }

  /// Writes the layer that scores, which is trained whole and has no place in an adapter.
  ///
  /// - Parameter url: where the file goes, in safetensors' form.
  /// - Throws: `LanguageModelError` if it cannot be written.
  public func writeClassifier(to url: URL) throws {
    try SafetensorsWriter.write(
      encoder.classifier.map { parameter in
        (
          parameter.name, [parameter.value.rows, parameter.value.columns],
          { parameter.value.values }
        )
      },
      to: url
    )
  }

  /// Takes the layer that scores from a file.
  ///
  /// - Throws: `LanguageModelError` if the file is absent, damaged or of another model.
  public func readClassifier(from url: URL) throws {
    let file = try SafetensorsFile(url)
    for parameter in encoder.classifier {
      let shape = [parameter.value.rows, parameter.value.columns]
      parameter.value.fill(from: try file.floats(parameter.name, shape: shape))
    }
    try parametersChanged()
  }
}

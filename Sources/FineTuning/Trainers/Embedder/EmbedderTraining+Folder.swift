public import Foundation
public import Kernels
import LanguageModels

extension EmbedderTraining {
  /// Reads a sentence-transformers model folder to train it as it is used: with its own pooling, and
  /// on the cosine of its vectors.
  ///
  /// - Parameters:
  ///   - folder: the model's folder.
  ///   - method: what training changes.
  ///   - temperature: what cosines are divided by.
  ///   - seed: where random starts come from.
  ///   - recomputes: whether intermediate results are computed again on the way back, which takes less
  ///     memory and more time.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: ``FineTuningError`` with code `unsuitableModel` if the model does not bring its vectors to
  ///   length 1; `LanguageModelError` if it cannot be read.
  public convenience init(
    folder: URL,
    method: TrainingMethod,
    temperature: Float = 0.05,
    seed: UInt64,
    recomputes: Bool = false,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws {
    let settings = try SentenceModelSettings(folder: folder)
    guard settings.normalizes else {
      throw FineTuningError(
        .unsuitableModel,
        "The model's vectors are not brought to length 1, but training compares them by their angle.",
        subject: folder.path,
        remedy: "Use a model whose modules.json ends with a Normalize module."
      )
    }
    let encoder = try TrainableEncoder(
      folder: settings.transformerFolder,
      method: method,
      seed: seed,
      recomputes: recomputes,
      kernels: kernels,
      pool: pool
    )
    self.init(encoder, temperature: temperature, takesFirstToken: settings.pooling == .first)
  }
}

public import Foundation
public import Kernels

extension CausalDecoder {
  /// Reads the decoder of a model folder: `config.json` and safetensors.
  ///
  /// - Parameters:
  ///   - folder: the folder, as from Hugging Face.
  ///   - precision: in what form to hold the weights.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: `LanguageModelError` if files are absent or damaged, do not fit each other, describe a
  ///   model that does not run here, or need more memory than there is.
  public convenience init(
    folder: URL,
    precision: WeightPrecision,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws(LanguageModelError) {
    let configuration = try DecoderConfiguration(folder: folder)
    let weights = try SafetensorsFolder(folder)
    try self.init(configuration, weights, precision: precision, kernels: kernels, pool: pool)
  }

  /// Reads the decoder of a GGUF file.
  ///
  /// - Parameters: as for the form that reads a folder.
  /// - Throws: `LanguageModelError` as the form that reads a folder does.
  public convenience init(
    gguf file: GGUFFile,
    precision: WeightPrecision,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws(LanguageModelError) {
    let configuration = try DecoderConfiguration(file)
    let weights = GGUFWeights(file, configuration)
    try self.init(configuration, weights, precision: precision, kernels: kernels, pool: pool)
  }

  private convenience init(
    _ configuration: DecoderConfiguration,
    _ weights: any WeightSource,
    precision: WeightPrecision,
    kernels: KernelSet?,
    pool: WorkerPool
  ) throws(LanguageModelError) {
    let kernels = try Self.choose(kernels)
    let estimate = MemoryEstimate(configuration, weights: precision, context: 1)
    try estimate.requireRoom(subject: weights.path)
    try self.init(
      configuration,
      ConvertedParameters(
        weights,
        configuration,
        precision: precision,
        kernels: kernels,
        pool: pool
      ),
      precision: precision,
      kernels: kernels,
      pool: pool
    )
  }

  /// The kernels given, or those of this process.
  static func choose(_ kernels: KernelSet?) throws(LanguageModelError) -> KernelSet {
    if let kernels { return kernels }
    do {
      return try KernelSet.active()
    } catch {
      throw LanguageModelError(error, subject: "kernels")
    }
  }
}

public import Foundation
public import Kernels

extension CausalDecoder {
  /// Reads the decoder of a packed file; quantised weights are used where they lie in the file.
  ///
  /// - Parameters:
  ///   - file: the file, which must not change as long as the decoder lives.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: `LanguageModelError` if the file is absent, damaged or of another version, or needs
  ///   more memory than there is.
  public convenience init(
    packed file: URL,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws(LanguageModelError) {
    let kernels = try Self.choose(kernels)
    let packed = try PackedModelFile(file, kernels: kernels, pool: pool)
    let configuration = packed.header.configuration
    let precision = packed.header.precision
    try packed.memoryEstimate(context: 1).requireRoom(subject: file.path)
    try self.init(configuration, packed, precision: precision, kernels: kernels, pool: pool)
  }

  /// Writes a model's weights as one packed file.
  ///
  /// - Parameters:
  ///   - source: the model's folder or GGUF file.
  ///   - file: where the packed file goes; it appears there whole or not at all.
  ///   - precision: the form of the weights; if `nil`, 8 bits, or 4 where a GGUF file has that.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  ///   - progress: called with the share that is done, from 0 to 1.
  /// - Throws: `LanguageModelError` if the model cannot be read, does not run here, or the file
  ///   cannot be written.
  public static func pack(
    _ source: URL,
    to file: URL,
    precision: WeightPrecision? = nil,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared,
    progress: (Double) -> Void = { _ in }
  ) throws(LanguageModelError) {
    let configuration: DecoderConfiguration
    let weights: any WeightSource
    let wanted: WeightPrecision
    switch try ModelFolder(source) {
    case .safetensors(let folder):
      configuration = try DecoderConfiguration(folder: folder)
      weights = try SafetensorsFolder(folder)
      wanted = precision ?? .int8
    case .gguf(let url):
      let gguf = try GGUFFile(url)
      configuration = try DecoderConfiguration(gguf)
      weights = GGUFWeights(gguf, configuration)
      wanted = precision ?? gguf.usualPrecision
    case .packed(let url, _):
      throw LanguageModelError(
        .invalidInput,
        "The model is packed already.",
        subject: url.path,
        remedy: "Use it as it is, or pack the model it was made from."
      )
    }
    let parameters = ConvertedParameters(
      weights,
      configuration,
      precision: wanted,
      kernels: try choose(kernels),
      pool: pool
    )
    let writer = PackedModelWriter(
      parameters: parameters,
      configuration: configuration,
      precision: wanted
    )
    try writer.write(to: file, progress: progress)
  }
}

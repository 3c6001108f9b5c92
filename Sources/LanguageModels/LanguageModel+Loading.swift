public import Foundation
public import Kernels
import Tokenizers

extension LanguageModel {
  /// Reads a model: a folder as from Hugging Face, a GGUF file, or what ``importModel(from:into:precision:kernels:pool:progress:)``
  /// made of either.
  ///
  /// - Parameters:
  ///   - url: the folder or file.
  ///   - precision: in what form to hold the weights; a packed file has one already. If `nil`, 8 bits,
  ///     or 4 where a GGUF file has that.
  ///   - contextLength: the most tokens of prompt and answer together; 8,192, or what the model was
  ///     made for if that is less, if `nil`.
  ///   - kernels: the kernels to use; those of this process if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: `LanguageModelError`, `TokenizerError` or `ChatTemplateError` if files are absent or
  ///   damaged or ask for what is not supported, or the model needs more memory than there is.
  public convenience init(
    contentsOf url: URL,
    precision: WeightPrecision? = nil,
    contextLength: Int? = nil,
    kernels: KernelSet? = nil,
    pool: WorkerPool = .shared
  ) throws {
    let decoder: CausalDecoder
    let files: LanguageModelFiles
    switch try ModelFolder(url) {
    case .safetensors(let folder):
      decoder = try CausalDecoder(
        folder: folder,
        precision: precision ?? .int8,
        kernels: kernels,
        pool: pool
      )
      files = try LanguageModelFiles(folder: folder)
    case .gguf(let file):
      let file = try GGUFFile(file)
      decoder = try CausalDecoder(
        gguf: file,
        precision: precision ?? file.usualPrecision,
        kernels: kernels,
        pool: pool
      )
      files = try LanguageModelFiles(file)
    case .packed(let file, let folder):
      decoder = try CausalDecoder(packed: file, kernels: kernels, pool: pool)
      if let precision, precision != decoder.precision {
        throw LanguageModelError(
          .invalidInput,
          "The packed model holds \(decoder.precision.rawValue), not \(precision.rawValue).",
          subject: file.path,
          remedy: "Import the model again with the precision that you want."
        )
      }
      files = try LanguageModelFiles(folder: folder)
    }
    try self.init(
      location: url,
      decoder: decoder,
      tokenizer: files.tokenizer,
      chatSettings: files.chat,
      contextLength: contextLength
    )
  }

  /// What a model will take, worked out before it is loaded.
  ///
  /// - Parameters: as for loading.
  /// - Returns: the configuration, and the memory for it.
  /// - Throws: `LanguageModelError` if files are absent or damaged or ask for what is not supported.
  public static func memoryEstimate(
    of url: URL,
    precision: WeightPrecision? = nil,
    contextLength: Int? = nil
  ) throws(LanguageModelError) -> (configuration: DecoderConfiguration, memory: MemoryEstimate) {
    func context(_ configuration: DecoderConfiguration) -> Int {
      contextLength ?? min(configuration.contextLength, usualContextLength)
    }
    let configuration: DecoderConfiguration
    let held: WeightPrecision
    switch try ModelFolder(url) {
    case .safetensors(let folder):
      configuration = try DecoderConfiguration(folder: folder)
      held = precision ?? .int8
    case .gguf(let file):
      let file = try GGUFFile(file)
      configuration = try DecoderConfiguration(file)
      held = precision ?? file.usualPrecision
    case .packed(let file, _):
      let packed = try PackedModelFile(file, kernels: CausalDecoder.choose(nil), pool: .shared)
      configuration = packed.header.configuration
      return (configuration, packed.memoryEstimate(context: context(configuration)))
    }
    return (
      configuration,
      MemoryEstimate(configuration, weights: held, context: context(configuration))
    )
  }
}

extension GGUFFile {
  /// 4 bits where most of the weights have that, else 8.
  var usualPrecision: WeightPrecision {
    var four = 0
    var all = 0
    for tensor in tensors.values where tensor.shape.count > 1 {
      all += tensor.bytes.count
      if tensor.type.isFourBits { four += tensor.bytes.count }
    }
    return 2 * four > all ? .int4 : .int8
  }
}

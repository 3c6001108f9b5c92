import Kernels

/// The header of a packed model file: the model's configuration and where its weights lie.
///
/// The file: 8 bytes `ATTUNEM1`; the length of the header in 8 bytes, little-endian; the header as
/// JSON; then, from the next multiple of 4096 on, the weights. Their offsets count from there and are
/// multiples of 64.
struct PackedModelHeader: Codable, Sendable {
  /// How a weight is written.
  enum Form: String, Codable, Sendable {
    /// 32-bit floats, little-endian, row after row.
    case float32
    /// A quantised matrix of 8 bits.
    case int8
    /// A quantised matrix of 4 bits.
    case int4

    init(_ format: QuantizedFormat?) {
      self =
        switch format {
        case nil: .float32
        case .int8: .int8
        case .int4: .int4
        }
    }

    var format: QuantizedFormat? {
      switch self {
      case .float32: nil
      case .int8: .int8
      case .int4: .int4
      }
    }
  }

  /// One weight.
  struct Entry: Codable, Sendable {
    var name: String
    var form: Form
    /// Its first byte, counted from the first of the weights.
    var offset: Int
    var byteCount: Int
  }

  /// The version of the layout of quantised matrices: a file of another version is made again.
  var version: Int
  var precision: WeightPrecision
  var configuration: DecoderConfiguration
  var weights: [Entry]

  static let currentVersion = 1
  static let magic = Array("ATTUNEM1".utf8)
  static let alignment = QuantizedMatrix.packedAlignment
  /// Weights begin on a page of their own.
  static let pageSize = 4096
  /// Longer than any header of a model.
  static let longest = 64 << 20

  /// Where the weights begin after a header of some length.
  static func start(headerLength: Int) -> Int {
    rounded(magic.count + 8 + headerLength, to: pageSize)
  }

  static func rounded(_ count: Int, to multiple: Int) -> Int {
    (count + multiple - 1) / multiple * multiple
  }

  /// The bytes of a weight.
  ///
  /// - Throws: `LanguageModelError` if its sides are beyond all memory.
  static func byteCount(
    _ tensor: DecoderTensor,
    _ form: Form,
    _ configuration: DecoderConfiguration
  ) throws(LanguageModelError) -> Int {
    switch tensor.shape(configuration) {
    case .vector(let count): return 4 * count
    case .matrix(let inputs, let outputs):
      guard let format = form.format else { return 4 * inputs * outputs }
      do {
        return try QuantizedMatrix.packedByteCount(
          inputs: inputs,
          outputs: outputs,
          format: format
        )
      } catch {
        throw LanguageModelError(error, subject: tensor.name)
      }
    }
  }
}

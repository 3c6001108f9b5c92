import CKernels

/// A weight matrix in 8 or 4 bits, laid out for multiplication: panels of 32 outputs, in each panel
/// one block per group of 32 inputs, in each block the codes and then the scales.
///
/// The bytes are the same for every processor, so they can be written to a file and used straight
/// from a mapping of it. Made by ``QuantizedMatrixBuilder``, or from packed bytes.
///
/// Sendable without checks: the bytes are read only from the moment that the matrix exists.
public final class QuantizedMatrix: @unchecked Sendable {
  /// Length of the vectors that go in.
  public let inputs: Int
  /// Length of the vectors that come out.
  public let outputs: Int
  /// How the weights are written.
  public let format: QuantizedFormat

  /// Where packed bytes should start, in memory and in a file, for full speed: any address is
  /// correct.
  public static let packedAlignment = 64

  private let bytes: UnsafeRawBufferPointer
  /// Keeps the memory at `bytes` alive.
  private let owner: AnyObject

  /// A matrix over bytes as ``packedBytes`` gave them, which are not copied.
  ///
  /// - Parameters:
  ///   - packed: the bytes; any alignment, unchanged as long as the matrix lives.
  ///   - inputs: length of the vectors that go in.
  ///   - outputs: length of the vectors that come out.
  ///   - format: how the weights are written.
  ///   - owner: kept alive with the matrix, so that the bytes stay valid.
  /// - Throws: ``KernelError`` if the number of bytes is not that of such a matrix.
  public init(
    packed: UnsafeRawBufferPointer,
    inputs: Int,
    outputs: Int,
    format: QuantizedFormat,
    owner: AnyObject
  ) throws(KernelError) {
    let count = try Self.packedByteCount(inputs: inputs, outputs: outputs, format: format)
    guard packed.count == count else {
      throw .shapes(
        "quantised matrix",
        "\(packed.count) bytes",
        "[\(inputs) → \(outputs)] \(format.rawValue), \(count) bytes"
      )
    }
    self.inputs = inputs
    self.outputs = outputs
    self.format = format
    self.owner = owner
    bytes = packed
  }

  /// The bytes of a packed matrix of these sides.
  ///
  /// - Throws: ``KernelError`` if a side is not positive or the product is beyond all memory.
  public static func packedByteCount(
    inputs: Int,
    outputs: Int,
    format: QuantizedFormat
  ) throws(KernelError) -> Int {
    guard inputs > 0, outputs > 0 else {
      throw .shapes("quantised matrix", "\(inputs) inputs", "\(outputs) outputs")
    }
    let groups = (inputs - 1) / CK.group + 1
    let panels = (outputs - 1) / CK.panelWidth + 1
    let (blocks, overflow) = groups.multipliedReportingOverflow(by: panels)
    let (count, overflows) = blocks.multipliedReportingOverflow(by: format.blockBytes)
    guard !overflow, !overflows else {
      throw .tooLarge("quantised matrix [\(inputs) → \(outputs)]")
    }
    return count
  }

  /// All bytes of the matrix. Valid as long as the matrix lives.
  public var packedBytes: UnsafeRawBufferPointer { bytes }

  /// The weights of one output as floats.
  ///
  /// - Parameters:
  ///   - output: which output.
  ///   - weights: [inputs], the result.
  /// - Throws: ``KernelError`` if there is no such output or the result has another length.
  public func dequantizeRow(
    _ output: Int,
    into weights: UnsafeMutableBufferPointer<Float>
  ) throws(KernelError) {
    guard (0..<outputs).contains(output), weights.count == inputs, let base = weights.baseAddress
    else {
      throw .shapes("dequantising", "output \(output) as [\(weights.count)]", "weights \(shape)")
    }
    let panel = output / CK.panelWidth
    ck_unpack_output(
      self.base + panel * panelBytes,
      Int32(output % CK.panelWidth),
      inputs,
      format.identifier,
      base
    )
  }

  /// The weights of one output as floats.
  ///
  /// - Throws: ``KernelError`` if there is no such output.
  public func row(_ output: Int) throws(KernelError) -> [Float] {
    var weights = [Float](repeating: 0, count: inputs)
    var failure: KernelError?
    weights.withUnsafeMutableBufferPointer { weights in
      do throws(KernelError) {
        try dequantizeRow(output, into: weights)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return weights
  }

  /// The shape as text, for errors.
  public var shape: String { "[\(inputs) → \(outputs)] \(format.rawValue)" }

  var groups: Int { (inputs + CK.group - 1) / CK.group }

  var panelBytes: Int { groups * format.blockBytes }

  var base: UnsafePointer<UInt8> {
    // The sides are positive, so there are bytes.
    guard let start = bytes.baseAddress else { preconditionFailure("a matrix has bytes") }
    return start.assumingMemoryBound(to: UInt8.self)
  }
}

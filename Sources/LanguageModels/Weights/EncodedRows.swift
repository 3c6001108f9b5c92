import Kernels

/// Rows of a weight as they are encoded in its file, or copied from there into another order.
struct EncodedRows {
  /// How they are written.
  let encoding: TensorEncoding

  private let mapped: UnsafeRawBufferPointer
  private let copied: [UInt8]?

  /// Rows where they lie in a mapped file, which the caller keeps.
  init(_ bytes: UnsafeRawBufferPointer, _ encoding: TensorEncoding) {
    self.encoding = encoding
    mapped = bytes
    copied = nil
  }

  /// Rows that have been copied.
  init(_ bytes: [UInt8], _ encoding: TensorEncoding) {
    self.encoding = encoding
    mapped = UnsafeRawBufferPointer(start: nil, count: 0)
    copied = bytes
  }

  /// Lets `body` read the bytes.
  func withBytes(
    _ body: (UnsafeRawBufferPointer) throws(KernelError) -> Void
  ) throws(KernelError) {
    guard let copied else { return try body(mapped) }
    let failure = copied.withUnsafeBytes { bytes -> KernelError? in
      do throws(KernelError) {
        try body(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }
}

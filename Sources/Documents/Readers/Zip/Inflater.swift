import CZlib

/// Unpacks what zlib packed, under a bound.
enum Inflater {
  /// How the packed bytes begin.
  enum Form {
    /// Without any header, as in ZIP archives.
    case bare
    /// With the header of gzip or of zlib.
    case headed

    fileprivate var windowBits: Int32 { self == .bare ? -MAX_WBITS : MAX_WBITS + 32 }
  }

  /// What was unpacked, and whether it came to its end without damage.
  struct Output {
    var bytes: [UInt8]
    var isComplete: Bool
  }

  enum Fault: Error {
    case tooLarge, outOfMemory
  }

  /// Something that unfolds to more than this many times its size, and to much, is a bomb.
  private static let maximumRatio = 300
  private static let harmlessSize = 16 << 20

  /// Unpacks bytes.
  ///
  /// - Parameters:
  ///   - packed: What was packed.
  ///   - form: How it begins.
  ///   - limit: How many bytes it may unfold to.
  /// - Returns: The bytes; those before the damage where there is damage.
  /// - Throws: ``Fault``.
  static func inflate(
    _ packed: ArraySlice<UInt8>,
    _ form: Form,
    limit: Int
  ) throws(Fault) -> Output {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, form.windowBits, ZLIB_VERSION, size) == Z_OK else {
      throw .outOfMemory
    }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var isComplete = false
    var isBomb = false
    packed.withUnsafeBufferPointer { input in
      // zlib takes its input as mutable and never writes to it.
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(clamping: input.count)
      while !isComplete {
        let (status, produced) = buffer.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          let status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return (status, output.count - Int(stream.avail_out))
        }
        result.append(contentsOf: buffer[..<produced])
        isBomb =
          result.count > limit
          || (result.count > harmlessSize && result.count / maximumRatio > packed.count)
        if isBomb { break }
        isComplete = status == Z_STREAM_END
        if status != Z_OK || (produced == 0 && stream.avail_in == 0) { break }
      }
    }
    if isBomb { throw .tooLarge }
    return Output(bytes: result, isComplete: isComplete)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns the characters of one character set into Unicode with the C library's `iconv`.
///
/// Not a value: it holds the library's descriptor, and closes it.
final class CharacterConverter {
  private let descriptor: iconv_t
  /// What the two-byte characters met so far stand for; 0 for not yet looked up.
  private var pairs: [UInt32] = []
  private var singles: [UInt32]

  /// Nil where the system's library does not know the character set.
  init?(_ set: CharacterSet) {
    let opened = iconv_open("UTF-32LE", set.converterName)
    guard let opened, opened != iconv_t(bitPattern: -1) else { return nil }
    descriptor = opened
    singles = [UInt32](repeating: 0, count: 256)
  }

  deinit { iconv_close(descriptor) }

  /// The scalar that one character's bytes stand for, or nil where they stand for none.
  func scalar(_ character: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = character.first, let last = character.last else { return nil }
    switch character.count {
    case 1:
      if singles[Int(first)] == 0 { singles[Int(first)] = lookUp(character) }
      return Self.scalar(singles[Int(first)])
    case 2:
      if pairs.isEmpty { pairs = [UInt32](repeating: 0, count: 1 << 16) }
      let key = Int(first) << 8 | Int(last)
      if pairs[key] == 0 { pairs[key] = lookUp(character) }
      return Self.scalar(pairs[key])
    default: return Self.scalar(lookUp(character))
    }
  }

  /// Converts a text whose characters depend on what stands before them; what cannot be converted
  /// becomes U+FFFD.
  func convert(_ bytes: [UInt8]) -> (text: [UInt8], replaced: Int) {
    iconv(descriptor, nil, nil, nil, nil)
    var result: [UInt8] = []
    var replaced = 0
    var start = 0
    var buffer = [UInt8](repeating: 0, count: 4096)
    while start < bytes.count {
      let step = run(bytes[start...], into: &buffer)
      for index in stride(from: 0, to: step.written - 3, by: 4) {
        let value =
          UInt32(buffer[index]) | UInt32(buffer[index + 1]) << 8 | UInt32(buffer[index + 2]) << 16
          | UInt32(buffer[index + 3]) << 24
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        result += UTF8.encode(scalar).map(Array.init) ?? []
      }
      start += step.read
      if step.read == 0, step.written == 0 {
        result += [0xEF, 0xBF, 0xBD]
        replaced += 1
        start += 1
        iconv(descriptor, nil, nil, nil, nil)
      }
    }
    return (result, replaced)
  }

  /// Marks a character that was looked up and means nothing.
  private static let nothing = UInt32.max

  private static func scalar(_ value: UInt32) -> Unicode.Scalar? {
    value == nothing ? nil : Unicode.Scalar(value)
  }

  private func lookUp(_ character: ArraySlice<UInt8>) -> UInt32 {
    iconv(descriptor, nil, nil, nil, nil)
    var buffer = [UInt8](repeating: 0, count: 64)
    let step = run(character, into: &buffer)
    guard step.read == character.count, step.written >= 4 else { return Self.nothing }
    let value =
      UInt32(buffer[0]) | UInt32(buffer[1]) << 8 | UInt32(buffer[2]) << 16
      | UInt32(buffer[3]) << 24
    return value == 0 ? Self.nothing : value
  }

  /// One call of the library: how much it read and wrote.
  private func run(
    _ input: ArraySlice<UInt8>,
    into buffer: inout [UInt8]
  ) -> (read: Int, written: Int) {
    var copy = Array(input.prefix(1024))
    let capacity = buffer.count
    var left = copy.count
    var room = capacity
    let total = left
    copy.withUnsafeMutableBytes { source in
      buffer.withUnsafeMutableBytes { target in
        var from = source.bindMemory(to: CChar.self).baseAddress
        var into = target.bindMemory(to: CChar.self).baseAddress
        _ = iconv(descriptor, &from, &left, &into, &room)
      }
    }
    return (total - left, capacity - room)
  }
}

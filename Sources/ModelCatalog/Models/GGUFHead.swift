import Foundation

/// The beginning of a GGUF file, as far as it tells what the model is.
///
/// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
struct GGUFHead {
  /// As much of the file as is read: the architecture is among the first values of every file that
  /// llama.cpp writes, ahead of the long lists of the vocabulary.
  private static let readLimit = 1 << 20

  /// The `general.architecture`; nil if it does not stand near the beginning.
  let architecture: String?

  /// Why a file is no GGUF file.
  struct Fault: Error {
    let message: String
  }

  /// Reads the beginning of a file.
  ///
  /// - Throws: ``Fault`` if it cannot be a whole GGUF file.
  init(_ file: URL) throws(Fault) {
    let handle = try? FileHandle(forReadingFrom: file)
    defer { try? handle?.close() }
    guard let data = try? handle?.read(upToCount: Self.readLimit) else {
      throw Fault(message: "It cannot be read.")
    }
    var reader = Reader(bytes: [UInt8](data))
    guard data.starts(with: Array("GGUF".utf8)) else {
      throw Fault(message: "It does not begin with “GGUF”.")
    }
    reader.skip(4)
    guard let version = reader.integer(4), let tensors = reader.integer(8),
      let values = reader.integer(8)
    else { throw Fault(message: "It ends within its header.") }
    guard (2...3).contains(version) else {
      throw Fault(message: "It is of version \(version); versions 2 and 3 are read.")
    }
    guard tensors > 0 else { throw Fault(message: "It holds no weights.") }
    architecture = Self.architecture(in: &reader, values: values)
  }

  /// What the model is for; nil if this does not tell.
  var role: KnownModel.Role? {
    guard let architecture else { return nil }
    // The projector of a model of pictures is only a part of one.
    if architecture == "clip" { return nil }
    return ModelConfiguration.isEncoder(architecture) ? .embedder : .generator
  }

  private static func architecture(in reader: inout Reader, values: UInt64) -> String? {
    var rest = values
    while rest > 0 {
      rest -= 1
      guard let key = reader.text(), let type = reader.integer(4) else { return nil }
      if key == "general.architecture" {
        return type == Reader.textType ? reader.text() : nil
      }
      guard reader.skipValue(of: type) else { return nil }
    }
    return nil
  }

  /// Takes little-endian values one after the other; nil where the bytes end.
  private struct Reader {
    static let textType: UInt64 = 8
    private static let arrayType: UInt64 = 9
    /// The length of a value of each type; absent for texts and lists.
    private static let sizes: [UInt64: Int] = [
      0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8,
    ]

    let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
      guard count <= UInt64(bytes.count - offset) else { return nil }
      defer { offset += Int(count) }
      return bytes[offset..<offset + Int(count)]
    }

    mutating func skip(_ count: UInt64) { _ = take(count) }

    mutating func integer(_ size: UInt64) -> UInt64? {
      take(size)?.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    mutating func text() -> String? {
      integer(8).flatMap { take($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    mutating func skipValue(of type: UInt64) -> Bool {
      if let size = Self.sizes[type] { return take(UInt64(size)) != nil }
      if type == Self.textType { return integer(8).flatMap { take($0) } != nil }
      guard type == Self.arrayType, let element = integer(4), let count = integer(8) else {
        return false
      }
      if let size = Self.sizes[element] {
        let (length, overflows) = count.multipliedReportingOverflow(by: UInt64(size))
        return !overflows && take(length) != nil
      }
      guard element == Self.textType else { return false }
      var rest = count
      while rest > 0 {
        guard integer(8).flatMap({ take($0) }) != nil else { return false }
        rest -= 1
      }
      return true
    }
  }
}

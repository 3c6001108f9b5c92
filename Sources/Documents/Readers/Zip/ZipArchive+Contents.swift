import CZlib

/// Unpacking.
extension ZipArchive {
  /// A member's bytes as far as they could be unpacked.
  struct Contents {
    var bytes: [UInt8]
    /// What is wrong with them, where something is.
    var fault: String?
  }

  /// Unpacks a member.
  ///
  /// - Parameters:
  ///   - entry: One of ``entries``.
  ///   - path: The archive's path, for errors.
  ///   - limit: How many bytes it may unfold to.
  /// - Returns: Its bytes; those before the damage where there is damage.
  /// - Throws: ``DocumentError`` `encrypted`, `tooLarge`, or `unsupportedFormat` for a method of
  ///   packing that is not read.
  func contents(of entry: ZipEntry, path: String, limit: Int) throws -> Contents {
    if entry.isEncrypted { throw DocumentError.encrypted(path, member: entry.name) }
    guard let packed = packedBytes(entry) else {
      return Contents(bytes: [], fault: "\(entry.name) is not where the directory says")
    }
    let isCut = entry.packedSize.map { packed.count < $0 } ?? false
    switch entry.method {
    case 0:
      guard packed.count <= limit else { throw DocumentError.unfolds(path) }
      let fault = fault(Array(packed), entry) ?? (isCut ? "\(entry.name) is cut off" : nil)
      return Contents(bytes: Array(packed), fault: fault)
    case 8:
      let output = try inflate(packed, path: path, limit: limit)
      let damage =
        output.isComplete ? fault(output.bytes, entry) : "\(entry.name) is damaged or cut off"
      return Contents(bytes: output.bytes, fault: damage)
    default:
      throw DocumentError(
        .unsupportedFormat,
        "\(path): \(entry.name) is packed by a method that is not read (number \(entry.method))",
        subject: path,
        remedy: "Pack it again with the usual method (deflate)."
      )
    }
  }

  private func packedBytes(_ entry: ZipEntry) -> ArraySlice<UInt8>? {
    let fields = ZipFields(bytes: bytes)
    guard fields.isMark(entry.offset, 3, 4),
      let nameLength = fields.number(entry.offset + 26, bytes: 2),
      let extraLength = fields.number(entry.offset + 28, bytes: 2)
    else { return nil }
    let start = entry.offset + 30 + nameLength + extraLength
    guard start <= fields.count else { return nil }
    let room = fields.count - start
    return fields.slice(start, min(entry.packedSize ?? room, room))
  }

  private func fault(_ bytes: [UInt8], _ entry: ZipEntry) -> String? {
    guard let expected = entry.checksum else { return nil }
    var sum: UInt = crc32(0, nil, 0)
    bytes.withUnsafeBufferPointer { buffer in
      var position = 0
      while position < buffer.count, let base = buffer.baseAddress {
        let length = min(1 << 24, buffer.count - position)
        sum = crc32(sum, base + position, UInt32(length))
        position += length
      }
    }
    return UInt32(truncatingIfNeeded: sum) == expected
      ? nil : "\(entry.name) does not match its checksum"
  }

  private func inflate(_ packed: ArraySlice<UInt8>, path: String, limit: Int) throws
    -> Inflater.Output
  {
    do {
      return try Inflater.inflate(packed, .bare, limit: limit)
    } catch .tooLarge {
      throw DocumentError.unfolds(path)
    } catch .outOfMemory {
      throw DocumentError(
        .inputOutput,
        "\(path) could not be unpacked",
        subject: path,
        remedy: "Sync again when more memory is free."
      )
    }
  }
}

/// The members of a ZIP archive (PKWARE APPNOTE 6.3), found by its central directory.
///
/// Where the directory is missing, as in a file that was cut off, the members are found by their own
/// headers. Everything stays in memory: names such as `../x` lead nowhere.
struct ZipArchive: Sendable {
  let bytes: ArraySlice<UInt8>
  let entries: [ZipEntry]
  /// Whether the directory was missing or broken.
  let isDamaged: Bool

  /// Nil where the bytes hold no member at all.
  init?(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    let fields = ZipFields(bytes: bytes)
    if let directory = Self.directory(fields), !directory.isEmpty {
      entries = directory
      isDamaged = false
      return
    }
    entries = Self.scan(fields)
    isDamaged = true
    if entries.isEmpty { return nil }
  }

  // MARK: The directory

  private static func directory(_ fields: ZipFields) -> [ZipEntry]? {
    guard let end = endRecord(fields), let count = fields.number(end + 10, bytes: 2),
      let size = fields.number(end + 12, bytes: 4), let start = fields.number(end + 16, bytes: 4)
    else { return nil }
    var place = (start: start, size: size, base: 0)
    if count == 0xFFFF || start == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
      guard let large = largeDirectory(fields, end: end) else { return nil }
      place = (large.start, large.size, 0)
    } else if end - size - start > 0 {
      // Something stands in front of the archive; all its offsets are shifted.
      place.base = end - size - start
    }
    var entries: [ZipEntry] = []
    var position = place.base + place.start
    while fields.isMark(position, 1, 2) {
      guard let (entry, length) = entry(fields, at: position, base: place.base) else { break }
      entries.append(entry)
      position += length
    }
    return entries
  }

  private static func endRecord(_ fields: ZipFields) -> Int? {
    var position = fields.count - 22
    let first = max(0, position - 0xFFFF)
    while position >= first {
      if fields.isMark(position, 5, 6) { return position }
      position -= 1
    }
    return nil
  }

  private static func largeDirectory(
    _ fields: ZipFields,
    end: Int
  ) -> (start: Int, size: Int)? {
    guard fields.isMark(end - 20, 6, 7), let record = fields.number(end - 12, bytes: 8),
      record < fields.count, fields.isMark(record, 6, 6),
      let size = fields.number(record + 40, bytes: 8),
      let start = fields.number(record + 48, bytes: 8), start < fields.count
    else { return nil }
    return (start, size)
  }

  private static func entry(
    _ fields: ZipFields,
    at position: Int,
    base: Int
  ) -> (ZipEntry, length: Int)? {
    guard let flags = fields.number(position + 8, bytes: 2),
      let method = fields.number(position + 10, bytes: 2),
      let checksum = fields.number(position + 16, bytes: 4),
      var packed = fields.number(position + 20, bytes: 4),
      var size = fields.number(position + 24, bytes: 4),
      let nameLength = fields.number(position + 28, bytes: 2),
      let extraLength = fields.number(position + 30, bytes: 2),
      let commentLength = fields.number(position + 32, bytes: 2),
      var offset = fields.number(position + 42, bytes: 4),
      let name = fields.slice(position + 46, nameLength)
    else { return nil }
    if let extra = fields.slice(position + 46 + nameLength, extraLength) {
      enlarge(&size, &packed, &offset, by: ZipFields(bytes: extra))
    }
    guard offset <= fields.count else { return nil }
    let entry = ZipEntry(
      name: ZipNames.decode(name),
      isEncrypted: flags & 1 != 0,
      method: method,
      packedSize: packed,
      size: size,
      checksum: UInt32(exactly: checksum),
      offset: offset + base
    )
    return (entry, 46 + nameLength + extraLength + commentLength)
  }

  /// Takes the numbers that need more than 32 bits from the ZIP64 extra field.
  private static func enlarge(
    _ size: inout Int,
    _ packed: inout Int,
    _ offset: inout Int,
    by extra: ZipFields
  ) {
    var position = 0
    while let kind = extra.number(position, bytes: 2),
      let length = extra.number(position + 2, bytes: 2)
    {
      defer { position += 4 + length }
      guard kind == 1 else { continue }
      var place = position + 4
      func take(_ value: inout Int) {
        guard value == 0xFFFF_FFFF else { return }
        value = extra.number(place, bytes: 8) ?? value
        place += 8
      }
      take(&size)
      take(&packed)
      take(&offset)
      return
    }
  }

  // MARK: Without a directory

  private static func scan(_ fields: ZipFields) -> [ZipEntry] {
    var entries: [ZipEntry] = []
    var position = 0
    let bytes = fields.bytes
    while position + 30 <= fields.count {
      guard bytes[bytes.startIndex + position] == 0x50 else {
        position += 1
        continue
      }
      guard fields.isMark(position, 3, 4), let flags = fields.number(position + 6, bytes: 2),
        let method = fields.number(position + 8, bytes: 2),
        let packed = fields.number(position + 18, bytes: 4),
        let size = fields.number(position + 22, bytes: 4),
        let nameLength = fields.number(position + 26, bytes: 2),
        let name = fields.slice(position + 30, nameLength)
      else {
        position += 1
        continue
      }
      let isKnown = flags & 8 == 0 && packed != 0xFFFF_FFFF
      entries.append(
        ZipEntry(
          name: ZipNames.decode(name),
          isEncrypted: flags & 1 != 0,
          method: method,
          packedSize: isKnown ? packed : nil,
          size: isKnown ? size : nil,
          offset: position
        )
      )
      position += 30 + nameLength + (isKnown ? min(packed, fields.count) : 0)
    }
    return entries
  }
}

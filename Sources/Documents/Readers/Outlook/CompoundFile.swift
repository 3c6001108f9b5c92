/// The file system inside a file that Outlook's messages and the old Office formats use ([MS-CFB]).
///
/// Sectors are chained by tables; a chain is never followed further than the file has sectors.
struct CompoundFile {
  /// A storage (a folder) or a stream (a file).
  struct Entry {
    var name: String
    var isStorage: Bool
    fileprivate var left: Int
    fileprivate var right: Int
    fileprivate var child: Int
    fileprivate var start: Int
    fileprivate var size: Int
  }

  private let bytes: [UInt8]
  private let sectorSize: Int
  private let sectorCount: Int
  private let miniCutoff: Int
  private var table: [Int] = []
  private var miniTable: [Int] = []
  private var miniStream: [UInt8] = []
  private(set) var entries: [Entry] = []

  /// Nil where the file is not one, or too damaged to find its directory.
  init?(_ bytes: [UInt8]) {
    let header = bytes[...].prefix(512)
    guard header.count == 512, header.starts(with: [0xD0, 0xCF, 0x11, 0xE0]),
      let shift = header.littleEndian16(at: 30), shift == 9 || shift == 12,
      let directory = header.littleEndian32(at: 48), let cutoff = header.littleEndian32(at: 56),
      let miniStart = header.littleEndian32(at: 60)
    else { return nil }
    self.bytes = bytes
    sectorSize = 1 << shift
    sectorCount = bytes.count / sectorSize
    miniCutoff = cutoff
    table = readTable(header)
    entries = Self.entries(stream(from: directory))
    guard let root = entries.first else { return nil }
    miniTable = Self.numbers(stream(from: miniStart)[...])
    miniStream = stream(from: root.start)
  }

  /// The names and numbers of what lies in a storage; the root is number 0.
  func children(of storage: Int) -> [(name: String, index: Int)] {
    guard entries.indices.contains(storage) else { return [] }
    var result: [(name: String, index: Int)] = []
    var seen: Set<Int> = []
    var waiting = [entries[storage].child]
    while let index = waiting.popLast() {
      guard entries.indices.contains(index), seen.insert(index).inserted else { continue }
      result.append((entries[index].name, index))
      waiting += [entries[index].right, entries[index].left]
    }
    return result.sorted { $0.name < $1.name }
  }

  /// The content of a stream; what is cut off or damaged is missing from its end.
  func content(of index: Int) -> [UInt8] {
    guard entries.indices.contains(index), !entries[index].isStorage else { return [] }
    let entry = entries[index]
    guard entry.size < miniCutoff else {
      return Array(stream(from: entry.start, limit: entry.size).prefix(entry.size))
    }
    var result: [UInt8] = []
    var sector = entry.start
    var rounds = 0
    while rounds < miniTable.count, result.count < entry.size, miniTable.indices.contains(sector) {
      let start = sector * 64
      guard start < miniStream.count else { break }
      result += miniStream[start..<min(start + 64, miniStream.count)]
      sector = miniTable[sector]
      rounds += 1
    }
    return Array(result.prefix(entry.size))
  }

  private func sector(_ number: Int) -> ArraySlice<UInt8> {
    // The header takes the first sector's place.
    guard number >= 0, number < sectorCount else { return [] }
    let start = (number + 1) * sectorSize
    guard start < bytes.count else { return [] }
    return bytes[start..<min(start + sectorSize, bytes.count)]
  }

  private func stream(from start: Int, limit: Int = .max) -> [UInt8] {
    var result: [UInt8] = []
    var number = start
    var rounds = 0
    while rounds <= sectorCount, result.count < limit, table.indices.contains(number) {
      let part = sector(number)
      guard !part.isEmpty else { break }
      result += part
      number = table[number]
      rounds += 1
    }
    return result
  }

  /// The table of sector chains, whose own sectors are listed in the header and in a chain of lists.
  private func readTable(_ header: ArraySlice<UInt8>) -> [Int] {
    var places = Self.numbers(header.dropFirst(76))
    var next = header.littleEndian32(at: 68) ?? 0
    var rounds = 0
    while rounds <= sectorCount, next < sectorCount {
      let list = Self.numbers(sector(next))
      guard let last = list.last else { break }
      places += list.dropLast()
      next = last
      rounds += 1
    }
    var result: [Int] = []
    for place in places where place < sectorCount && result.count <= sectorCount {
      result += Self.numbers(sector(place))
    }
    return result
  }

  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
    stride(from: 0, to: bytes.count - 3, by: 4).compactMap { bytes.littleEndian32(at: $0) }
  }

  private static func entries(_ bytes: [UInt8]) -> [Entry] {
    stride(from: 0, to: bytes.count - 127, by: 128).map { start in
      let record = bytes[start..<start + 128]
      let length = max(0, min(64, record.littleEndian16(at: 64) ?? 0) - 2)
      let units = stride(from: 0, to: length, by: 2).map {
        UInt16(truncatingIfNeeded: record.littleEndian16(at: $0) ?? 0)
      }
      let kind = record[start + 66]
      return Entry(
        name: String(decoding: units, as: UTF16.self),
        isStorage: kind == 1 || kind == 5,
        left: record.littleEndian32(at: 68) ?? 0,
        right: record.littleEndian32(at: 72) ?? 0,
        child: record.littleEndian32(at: 76) ?? 0,
        start: record.littleEndian32(at: 116) ?? 0,
        size: record.littleEndian32(at: 120) ?? 0
      )
    }
  }
}

/// Reads the header and the directory of a segment without trusting any number in them.
struct SegmentReader {
  struct Header {
    var dimension: Int
    var count: Int
    var embedder: UInt64
    var checksum: UInt64
    var sections: [SegmentFormat.Section]
  }

  let bytes: UnsafeRawBufferPointer
  let path: String

  func header() throws(IndexError) -> Header {
    guard bytes.count >= SegmentFormat.headerSize,
      bytes[..<SegmentFormat.magic.count].elementsEqual(SegmentFormat.magic)
    else { throw .damaged("The file is not an index segment.", path: path) }
    let version = integer(SegmentFormat.Offset.version, as: UInt32.self)
    guard version == SegmentFormat.version else {
      throw IndexError(
        .unknownFormat,
        "The index segment has format version \(version), which is not known here.",
        subject: path,
        remedy: "Use a newer Attune, or build the index again from the database."
      )
    }
    let sectionCount = Int(integer(SegmentFormat.Offset.sectionCount, as: UInt32.self))
    let directoryEnd = SegmentFormat.headerSize + sectionCount * SegmentFormat.entrySize
    guard sectionCount <= SegmentFormat.maximumSections, directoryEnd <= bytes.count else {
      throw .damaged("The index segment's directory is damaged.", path: path)
    }
    var checksum = Checksum()
    checksum.update(UnsafeRawBufferPointer(rebasing: bytes[..<SegmentFormat.Offset.checksum]))
    checksum.update(
      UnsafeRawBufferPointer(rebasing: bytes[SegmentFormat.headerSize..<directoryEnd])
    )
    guard checksum.value == integer(SegmentFormat.Offset.checksum, as: UInt64.self) else {
      throw .damaged("The index segment's header does not match its checksum.", path: path)
    }
    let dimension = Int(integer(SegmentFormat.Offset.dimension, as: UInt32.self))
    guard let count = Int(exactly: integer(SegmentFormat.Offset.count, as: UInt64.self)),
      (1...SegmentFormat.maximumDimension).contains(dimension),
      Int(exactly: integer(SegmentFormat.Offset.fileLength, as: UInt64.self)) == bytes.count
    else { throw .damaged("The index segment was cut short or has grown.", path: path) }
    var sections: [SegmentFormat.Section] = []
    for index in 0..<sectionCount {
      sections.append(try section(at: index, directoryEnd: directoryEnd))
    }
    return Header(
      dimension: dimension,
      count: count,
      embedder: integer(SegmentFormat.Offset.embedder, as: UInt64.self),
      checksum: checksum.value,
      sections: sections
    )
  }

  /// The byte range of a section, once its length and its checksum have been found right.
  func section(
    _ name: String,
    of header: Header,
    elementSize: Int
  ) throws(IndexError) -> Range<Int> {
    let found = header.sections.filter { $0.name == name }
    let (length, overflow) = header.count.multipliedReportingOverflow(by: elementSize)
    guard found.count == 1, let section = found.first, !overflow, section.length == length else {
      throw .damaged("The index segment's section \(name) has the wrong size.", path: path)
    }
    let range = section.offset..<(section.offset + section.length)
    guard Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[range])) == section.checksum else {
      throw .damaged(
        "The index segment's section \(name) does not match its checksum.",
        path: path
      )
    }
    return range
  }

  private func section(
    at index: Int,
    directoryEnd: Int
  ) throws(IndexError) -> SegmentFormat.Section {
    let entry = SegmentFormat.headerSize + index * SegmentFormat.entrySize
    let name = bytes[entry..<(entry + SegmentFormat.nameSize)].prefix { $0 != 0 }
    let numbers = entry + SegmentFormat.nameSize
    guard let offset = Int(exactly: integer(numbers, as: UInt64.self)),
      let length = Int(exactly: integer(numbers + 8, as: UInt64.self)),
      offset >= directoryEnd, offset % SegmentFormat.alignment == 0
    else { throw .damaged("The index segment's directory is damaged.", path: path) }
    let (end, overflow) = offset.addingReportingOverflow(length)
    guard !overflow, end <= bytes.count else {
      throw .damaged("The index segment was cut short.", path: path)
    }
    return SegmentFormat.Section(
      name: String(decoding: name, as: UTF8.self),
      offset: offset,
      length: length,
      checksum: integer(numbers + 16, as: UInt64.self)
    )
  }

  private func integer<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type) -> Number {
    Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
  }
}

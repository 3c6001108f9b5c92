/// The layout of a segment file, version 1. All numbers are little-endian.
///
/// ```
/// offset  bytes  meaning
///      0      8  magic "ATTUNEVX"
///      8      4  format version, 1
///     12      4  dimension of the vectors
///     16      8  number of vectors
///     24      8  XXH64 of the embedder's identity in UTF-8
///     32      4  number of sections
///     36      4  zero
///     40      8  length of the file
///     48      8  XXH64 of bytes 0..<48 and of the directory
///     56      8  zero
///     64   n×48  directory: name (16 bytes ASCII, zero padded), offset, length, XXH64 of the
///                section (8 bytes each), zero (8 bytes)
///      …         sections, each at a multiple of 64
/// ```
///
/// Sections of version 1, all required: `ids` (int64, strictly ascending), `codes` (int8, one row of
/// `dimension` codes per vector, no padding between rows) and `scales` (float32; component ≈ code ×
/// scale). Readers pass over sections that they do not know, so that later programs can add some.
enum SegmentFormat {
  static let magic = Array("ATTUNEVX".utf8)
  static let version: UInt32 = 1
  static let headerSize = 64
  static let entrySize = 48
  static let nameSize = 16
  static let alignment = 64
  /// Far more than any version writes; keeps a damaged count from causing much work.
  static let maximumSections = 64
  static let maximumDimension = 65_536

  enum Offset {
    static let version = 8
    static let dimension = 12
    static let count = 16
    static let embedder = 24
    static let sectionCount = 32
    static let fileLength = 40
    static let checksum = 48
  }

  static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }

  /// A place in the directory.
  struct Section {
    var name: String
    var offset: Int
    var length: Int
    var checksum: UInt64
  }
}

/// An immutable file of quantised vectors, mapped into memory.
///
/// Opening one checks everything that searching relies on: layout, sizes, checksums of all sections,
/// ascending identifiers, finite scales. A file of 40 MB takes a few milliseconds from a warm disk
/// cache. Afterwards no access can fail.
public final class Segment: Sendable {
  public let description: SegmentDescription
  /// Components of each vector.
  public let dimension: Int
  private let file: MappedFile
  private let idRange: Range<Int>
  private let codeRange: Range<Int>
  private let scaleRange: Range<Int>

  /// Opens and checks a segment.
  ///
  /// - Throws: ``IndexError``: `missing`, `damaged`, `unknownFormat` or `wrongEmbedder`.
  public init(path: String, embedder: String, dimension: Int) throws(IndexError) {
    let file = try MappedFile(path: path)
    let reader = SegmentReader(bytes: file.bytes, path: path)
    let header = try reader.header()
    guard header.embedder == Checksum.of(embedder), header.dimension == dimension else {
      throw IndexError(
        .wrongEmbedder,
        "The index segment was made with another embedding model.",
        subject: path,
        remedy: "Build the index again from the database."
      )
    }
    let ids = try reader.section("ids", of: header, elementSize: 8)
    let codes = try reader.section("codes", of: header, elementSize: dimension)
    let scales = try reader.section("scales", of: header, elementSize: 4)
    self.file = file
    self.dimension = dimension
    idRange = ids
    codeRange = codes
    scaleRange = scales
    description = SegmentDescription(
      name: path.split(separator: "/").last.map(String.init) ?? path,
      count: header.count,
      byteCount: file.bytes.count,
      checksum: header.checksum
    )
    try checkValues()
  }

  /// Number of vectors, dead ones included.
  public var count: Int { description.count }

  /// Calls `body` with the identifiers, strictly ascending.
  public func withIDs<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Int64>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(view(idRange, of: Int64.self))
  }

  /// Calls `body` with the codes: `count` × `dimension`, row by row.
  func withCodes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Int8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(view(codeRange, of: Int8.self))
  }

  /// Calls `body` with one scale per vector.
  func withScales<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(view(scaleRange, of: Float.self))
  }

  /// The row of an identifier.
  ///
  /// - Complexity: O(log *n*).
  public func row(of id: Int64) -> Int? {
    withIDs { ids in
      var low = 0
      var high = ids.count
      while low < high {
        let middle = low + (high - low) / 2
        if ids[middle] < id { low = middle + 1 } else { high = middle }
      }
      return low < ids.count && ids[low] == id ? low : nil
    }
  }

  // Sections start at multiples of 64 of a page-aligned mapping, so every element is aligned, and
  // their lengths were checked against `count`.
  private func view<Element>(_ range: Range<Int>, of type: Element.Type)
    -> UnsafeBufferPointer<Element>
  {
    UnsafeRawBufferPointer(rebasing: file.bytes[range]).bindMemory(to: type)
  }

  private func checkValues() throws(IndexError) {
    let ascending = withIDs { ids in
      var isAscending = true
      for row in ids.indices.dropFirst() where ids[row - 1] >= ids[row] { isAscending = false }
      return isAscending
    }
    let finite = withScales { scales in
      scales.allSatisfy { $0.isFinite && $0 >= 0 }
    }
    guard ascending, finite else {
      throw IndexError.damaged("The index segment holds impossible values.", path: file.path)
    }
  }
}

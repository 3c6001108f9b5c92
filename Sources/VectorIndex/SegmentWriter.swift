import Kernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes segment files so that a name in the directory always stands for a whole file.
///
/// The content goes to a temporary name, is synced to the disk, gets its final name, and the
/// directory is synced. A crash leaves a temporary file or a whole segment that nobody names.
public struct SegmentWriter: Sendable {
  /// The ending of files that are still being written.
  public static let temporarySuffix = ".tmp"
  /// Vectors whose codes are in memory at a time.
  private static let chunkRows = 4096

  public let directory: String
  public let embedder: String
  public let dimension: Int

  public init(directory: String, embedder: String, dimension: Int) {
    self.directory = directory
    self.embedder = embedder
    self.dimension = dimension
  }

  /// Quantises and writes vectors.
  ///
  /// - Parameters:
  ///   - name: The file's name. A file of that name is replaced.
  ///   - ids: Strictly ascending.
  ///   - vector: The vector at a position of `ids`, of `dimension` components.
  /// - Returns: What identifies the file from now on.
  /// - Throws: ``IndexError`` (`badVector`, `diskFull`, `inputOutput`), or what `vector` throws.
  @discardableResult
  public func write(
    name: String,
    ids: [Int64],
    vector: (Int) throws -> [Float]
  ) throws -> SegmentDescription {
    var scales = [Float](repeating: 0, count: ids.count)
    return try write(name: name, ids: ids) { rows, codes in
      for row in rows {
        let components = try vector(row)
        guard components.count == dimension else {
          throw badVector(
            "A vector has \(components.count) components where \(dimension) are expected."
          )
        }
        let quantized: QuantizedVector
        do {
          quantized = try QuantizedVector(quantizing: components)
        } catch {
          throw badVector("A vector holds a component that is not a finite number.")
        }
        codes.append(contentsOf: quantized.codes)
        scales[row] = quantized.scale
      }
    } scales: {
      scales
    }
  }

  /// Writes one segment with the live vectors of several, by ascending identifier.
  ///
  /// The codes are copied, not quantised again, so merging never adds error.
  ///
  /// - Parameters:
  ///   - name: The file's name.
  ///   - segments: Open segments that share no identifier.
  ///   - isLive: Whether a vector is kept.
  /// - Returns: What identifies the file; nil, with nothing written, where no vector is live.
  /// - Throws: ``IndexError`` (`diskFull`, `inputOutput`).
  @discardableResult
  public func merge(
    name: String,
    _ segments: [Segment],
    isLive: (Int64) -> Bool
  ) throws -> SegmentDescription? {
    var rows: [(id: Int64, segment: Int, row: Int)] = []
    for (index, segment) in segments.enumerated() {
      segment.withIDs { ids in
        for row in ids.indices where isLive(ids[row]) { rows.append((ids[row], index, row)) }
      }
    }
    guard !rows.isEmpty else { return nil }
    rows.sort { $0.id < $1.id }
    return try write(name: name, ids: rows.map(\.id)) { range, codes in
      for position in range {
        let place = rows[position]
        segments[place.segment].withCodes { source in
          codes.append(
            contentsOf: source[(place.row * dimension)..<((place.row + 1) * dimension)]
          )
        }
      }
    } scales: {
      rows.map { place in segments[place.segment].withScales { $0[place.row] } }
    }
  }

  private func badVector(_ message: String) -> IndexError {
    IndexError(
      .badVector,
      message,
      subject: directory,
      remedy: "Check that the embedding model is the one this workspace was made with."
    )
  }

  private func write(
    name: String,
    ids: [Int64],
    codes appendCodes: (Range<Int>, inout [Int8]) throws -> Void,
    scales: () -> [Float]
  ) throws -> SegmentDescription {
    guard zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw IndexError(
        .badVector,
        "The identifiers of an index segment must ascend, each once.",
        subject: directory,
        remedy: "Build the index again from the database."
      )
    }
    let path = directory + "/" + name
    let temporary = path + Self.temporarySuffix
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw System.failure("The index segment could not be created.", path: temporary)
    }
    do {
      defer { close(file) }
      var output = SegmentOutput(file: file, path: temporary)
      try output.reserveHeader(sections: 3)
      try ids.map { $0.littleEndian }.withUnsafeBytes { bytes in
        try output.append(bytes)
      }
      try output.endSection("ids")
      var row = 0
      while row < ids.count {
        let end = min(row + Self.chunkRows, ids.count)
        var codes: [Int8] = []
        codes.reserveCapacity((end - row) * dimension)
        try appendCodes(row..<end, &codes)
        try codes.withUnsafeBytes { bytes in try output.append(bytes) }
        row = end
      }
      try output.endSection("codes")
      try scales().map { $0.bitPattern.littleEndian }.withUnsafeBytes { bytes in
        try output.append(bytes)
      }
      try output.endSection("scales")
      let checksum = try output.writeHeader(
        dimension: dimension,
        count: ids.count,
        embedder: Checksum.of(embedder)
      )
      try System.synchronize(file, path: temporary)
      guard rename(temporary, path) == 0 else {
        throw System.failure("The index segment could not be renamed.", path: temporary)
      }
      try System.synchronizeDirectory(directory)
      return SegmentDescription(
        name: name,
        count: ids.count,
        byteCount: output.position,
        checksum: checksum
      )
    } catch {
      unlink(temporary)
      throw error
    }
  }
}

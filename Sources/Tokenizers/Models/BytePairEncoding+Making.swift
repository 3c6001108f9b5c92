extension BytePairEncoding {
  /// The two sides of a line of merges; nil if it has not two.
  static func merge(_ line: String) -> (left: String, right: String)? {
    let parts = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
  }

  /// A model with a list of merges, the first ranking first.
  ///
  /// - Throws: `TokenizerError` where a merge names what is no token.
  init(
    vocabulary: Vocabulary,
    merges: [(left: String, right: String)],
    isByteLevel: Bool,
    hasByteFallback: Bool = false,
    unknownID: Int32? = nil,
    fusesUnknown: Bool = false,
    prefersWholeWords: Bool = false,
    subject: String
  ) throws(TokenizerError) {
    var table = MergeTable(expected: merges.count)
    var joined: [UInt8] = []
    for (rank, merge) in merges.enumerated() {
      joined.removeAll(keepingCapacity: true)
      joined.append(contentsOf: merge.left.utf8)
      let middle = joined.count
      joined.append(contentsOf: merge.right.utf8)
      guard let left = vocabulary.table.id(of: joined, 0..<middle),
        let right = vocabulary.table.id(of: joined, middle..<joined.count),
        let id = vocabulary.table.id(of: joined)
      else {
        throw TokenizerError(
          .invalidVocabulary,
          "Merge \(rank + 1) uses a token that is not in the vocabulary.",
          subject: subject,
          remedy: "Get the model again."
        )
      }
      table.insert(left, right, rank: UInt32(truncatingIfNeeded: rank), id: id)
    }
    self.merges = .pairs(table)
    self.unknownID = unknownID
    self.fusesUnknown = fusesUnknown
    self.prefersWholeWords = prefersWholeWords
    if isByteLevel {
      symbols = .bytes
      let bytes = vocabulary.byteTable()
      self.table = bytes
      byteIDs = (0...255).map { (byte: UInt8) in bytes.id(of: [byte]) ?? -1 }
    } else {
      symbols = .scalars
      self.table = vocabulary.table
      byteIDs =
        hasByteFallback
        ? vocabulary.fallbackIDs() ?? Self.noBytes : Self.noBytes
      boundary = vocabulary.boundary("▁")
    }
  }

  /// A model in which neighbours merge where together they spell a token, ranked by `ranks`.
  ///
  /// `ranks` tells for each id of the table how soon it is merged to, the lowest first.
  init(
    table: ByteStringTable,
    ranks: [UInt32],
    symbols: Symbols,
    byteIDs: [Int32]?,
    unknownID: Int32?,
    fusesUnknown: Bool,
    prefersWholeWords: Bool,
    boundary: [UInt8]? = nil
  ) {
    merges = .spelled(ranks)
    self.symbols = symbols
    self.table = table
    self.byteIDs = byteIDs ?? Self.noBytes
    self.unknownID = unknownID
    self.fusesUnknown = fusesUnknown
    self.prefersWholeWords = prefersWholeWords
    self.boundary = boundary
  }

  private static let noBytes = [Int32](repeating: -1, count: 256)
}

extension Vocabulary {
  /// Tokens by the bytes they spell in a byte-level vocabulary; tokens in other letters are left
  /// out.
  func byteTable() -> ByteStringTable {
    var table = ByteStringTable(expected: count)
    forEach { token, id in
      if let bytes = ByteAlphabet.spelledBytes(of: token) { table.insert(bytes, id: id) }
    }
    return table
  }

  /// The ids of `<0x00>` to `<0xFF>`; nil if one is missing.
  func fallbackIDs() -> [Int32]? {
    var ids: [Int32] = []
    for byte in UInt8.min...UInt8.max {
      guard let id = id(ByteAlphabet.fallbackToken(byte)) else { return nil }
      ids.append(id)
    }
    return ids
  }

  /// The mark, if it is a token and no token has it behind anything but itself: then nothing
  /// merges across the beginning of a run of marks.
  func boundary(_ mark: String) -> [UInt8]? {
    guard id(mark) != nil else { return nil }
    let bytes = Array(mark.utf8)
    var isBoundary = true
    forEach { token, _ in
      var rest = Substring(token).utf8
      while rest.starts(with: bytes) { rest = rest.dropFirst(bytes.count) }
      while isBoundary, let first = rest.first {
        if first == bytes[0], rest.starts(with: bytes) { isBoundary = false }
        rest = rest.dropFirst()
      }
    }
    return isBoundary ? bytes : nil
  }
}

extension TextDecoder {
  /// Collects scalars as UTF-8 and notes where they came from: every 256 bytes, and after each one
  /// that takes other bytes on disk than its encoding gives its like.
  struct Output {
    let encoding: DecodedText.Encoding
    private var bytes: [UInt8] = []
    private var checkpoints: [DecodedText.Checkpoint]

    init(encoding: DecodedText.Encoding, start: Int, capacity: Int) {
      self.encoding = encoding
      checkpoints = [.init(decoded: 0, original: start)]
      bytes.reserveCapacity(capacity)
    }

    mutating func append(_ scalar: Unicode.Scalar, original: Int, length: Int) {
      if let last = checkpoints.last, bytes.count - last.decoded >= 256 {
        checkpoints.append(.init(decoded: bytes.count, original: original))
      }
      let start = bytes.count
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      if encoding.width(of: bytes[start...]) != length {
        checkpoints.append(.init(decoded: bytes.count, original: original + length))
      }
    }

    func finish(originalCount: Int, warnings: [String]) -> DecodedText {
      DecodedText(
        bytes: bytes,
        encoding: encoding,
        checkpoints: checkpoints,
        originalCount: originalCount,
        warnings: warnings
      )
    }
  }
}

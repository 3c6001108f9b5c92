/// Takes the white space that byte-level tokens begin and end with out of their offsets.
///
/// Source: `ByteLevel` and `RobertaProcessing` of the `tokenizers` package, as post-processors.
struct OffsetTrimming: Sendable {
  /// Whether the first blank of a text was put there by the tokenizer, so that it takes no place.
  var hasPrefixBlank: Bool

  /// - Parameters:
  ///   - offsets: where the tokens stand.
  ///   - tokens: how they are spelled.
  ///   - added: for the indices of added tokens the white space they took along.
  func trim(_ offsets: inout [Range<Int>], of tokens: [String], added: [Int: Blanks]) {
    for (index, token) in tokens.enumerated() where index < offsets.count {
      var leading = token.unicodeScalars.prefix(while: Self.isBlank).count
      var trailing = token.unicodeScalars.reversed().prefix(while: Self.isBlank).count
      if let blanks = added[index] { (leading, trailing) = (blanks.leading, blanks.trailing) }
      var (start, end) = (offsets[index].lowerBound, offsets[index].upperBound)
      if leading > 0 {
        if hasPrefixBlank && (index == 0 || start == 0) { leading -= 1 }
        start = min(start + leading, end)
      }
      if trailing > 0 && end >= trailing { end = max(end - trailing, start) }
      offsets[index] = start..<end
    }
  }

  /// How many scalars of white space a text begins and ends with.
  struct Blanks {
    var leading: Int
    var trailing: Int

    init(of bytes: ArraySlice<UInt8>) {
      let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
      leading = scalars.prefix { $0.properties.isWhitespace }.count
      trailing = scalars.reversed().prefix { $0.properties.isWhitespace }.count
    }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    // Ġ is how a byte-level vocabulary spells a blank.
    scalar.value == 0x120 || scalar.properties.isWhitespace
  }
}

/// The character map of a SentencePiece model: a double-array trie from byte strings to what they
/// become.
///
/// Layout: a little-endian byte count, the trie's units (32 bits each, as in Darts-clone), then the
/// replacements, each ended by a zero byte. Sources: `normalizer.cc` of
/// https://github.com/google/sentencepiece and https://github.com/s-yata/darts-clone.
struct PrecompiledCharacterMap: Sendable {
  /// How the map is used: `tokenizers` looks up grapheme clusters, SentencePiece the longest prefix.
  enum Lookup { case graphemes, longestPrefix }

  private let units: [UInt32]
  private let replacements: [UInt8]
  private let lookup: Lookup

  /// - Returns: nil for bytes that are no map.
  init?(_ bytes: [UInt8], lookup: Lookup) {
    guard bytes.count >= 4 else { return nil }
    func word(_ offset: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
    let size = Int(word(0))
    guard size % 4 == 0, size >= 4, size <= bytes.count - 4 else { return nil }
    units = stride(from: 4, to: 4 + size, by: 4).map(word)
    replacements = Array(bytes[(4 + size)...])
    self.lookup = lookup
  }

  func apply(to text: NormalizedText, into output: inout NormalizedText) {
    switch lookup {
    case .graphemes: applyToGraphemes(text, into: &output)
    case .longestPrefix: applyToPrefixes(text, into: &output)
    }
  }

  private func applyToGraphemes(_ text: NormalizedText, into output: inout NormalizedText) {
    let bytes = text.bytes
    var position = 0
    while position < bytes.count {
      if Self.isBreak(bytes, behind: position) {
        apply(to: position..<position + 1, of: text, into: &output)
        position += 1
        continue
      }
      // Up to the next two neighbours in ASCII, which no cluster joins.
      var end = position + 1
      while end < bytes.count && !Self.isBreak(bytes, behind: end - 1) { end += 1 }
      for character in String(decoding: bytes[position..<end], as: UTF8.self) {
        let count = character.utf8.count
        apply(to: position..<position + count, of: text, into: &output)
        position += count
      }
    }
  }

  /// Whether a byte and the one behind it are ASCII in clusters of their own.
  private static func isBreak(_ bytes: [UInt8], behind position: Int) -> Bool {
    guard bytes[position] < 0x80 else { return false }
    guard position + 1 < bytes.count else { return true }
    return bytes[position + 1] < 0x80 && !(bytes[position] == 0x0D && bytes[position + 1] == 0x0A)
  }

  /// Maps one cluster: as a whole if the map has it, else scalar by scalar.
  private func apply(
    to range: Range<Int>,
    of text: NormalizedText,
    into output: inout NormalizedText
  ) {
    let bytes = text.bytes
    if range.count < 6, let replacement = replacement(of: bytes, range) {
      append(replacement, for: range, of: text, into: &output)
      return
    }
    if range.count == 1 {
      output.append(text, range)
      return
    }
    var next = range.lowerBound
    while next < range.upperBound {
      let start = next
      _ = UTF8Reader.next(in: bytes, at: &next)
      if let replacement = replacement(of: bytes, start..<next) {
        append(replacement, for: start..<next, of: text, into: &output)
      } else {
        output.append(text, start..<next)
      }
    }
  }

  private func applyToPrefixes(_ text: NormalizedText, into output: inout NormalizedText) {
    let bytes = text.bytes
    var position = 0
    while position < bytes.count {
      if let match = longestMatch(bytes, from: position) {
        let range = position..<position + match.count
        append(replacement(at: match.value), for: range, of: text, into: &output)
        position = range.upperBound
      } else {
        let start = position
        _ = UTF8Reader.next(in: bytes, at: &position)
        output.append(text, start..<position)
      }
    }
  }

  /// Scalar by scalar what is new takes the place of what was there; what goes beyond takes the last.
  private func append(
    _ replacement: ArraySlice<UInt8>,
    for range: Range<Int>,
    of text: NormalizedText,
    into output: inout NormalizedText
  ) {
    var place = range.lowerBound
    var next = place
    _ = UTF8Reader.next(in: text.bytes, at: &next)
    for (index, byte) in replacement.enumerated() {
      if index > 0, byte & 0xC0 != 0x80, next < range.upperBound {
        place = next
        _ = UTF8Reader.next(in: text.bytes, at: &next)
      }
      output.append(byte: byte, from: text.starts[place], to: text.ends[place])
    }
  }

  /// What the whole chunk becomes: as the `tokenizers` package has it, what the shortest part of it
  /// in the map becomes.
  private func replacement(of bytes: [UInt8], _ range: Range<Int>) -> ArraySlice<UInt8>? {
    var found: Int?
    walk(bytes, range) { value, _ in
      found = value
      return false
    }
    return found.map(replacement(at:))
  }

  private func longestMatch(_ bytes: [UInt8], from start: Int) -> (value: Int, count: Int)? {
    var found: (value: Int, count: Int)?
    walk(bytes, start..<bytes.count) { value, count in
      found = (value, count)
      return true
    }
    return found
  }

  private func replacement(at offset: Int) -> ArraySlice<UInt8> {
    guard offset < replacements.count else { return [] }
    let rest = replacements[offset...]
    return rest[..<(rest.firstIndex(of: 0) ?? rest.endIndex)]
  }

  /// Calls `body` for each key that the bytes begin with, shortest first, until it says no.
  private func walk(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    _ body: (_ value: Int, _ count: Int) -> Bool
  ) {
    var node = 0
    guard let root = units.first else { return }
    node ^= Self.offset(of: root)
    for position in range {
      let byte = bytes[position]
      if byte == 0 { return }
      node ^= Int(byte)
      guard node < units.count else { return }
      let unit = units[node]
      guard unit & 0x8000_00FF == UInt32(byte) else { return }
      node ^= Self.offset(of: unit)
      guard node < units.count else { return }
      if unit >> 8 & 1 == 1 {
        let value = Int(units[node] & 0x7FFF_FFFF)
        if !body(value, position + 1 - range.lowerBound) { return }
      }
    }
  }

  private static func offset(of unit: UInt32) -> Int {
    Int((unit >> 10) << ((unit & (1 << 9)) >> 6))
  }
}

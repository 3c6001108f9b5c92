/// One step that changes text before it is split into words; `tokenizer.json` lists them under
/// `normalizer`.
///
/// Source: the module `normalizers` of the `tokenizers` package.
enum Normalizer: Sendable {
  case bert(BertNormalizer)
  case unicode(UnicodeNormalizer)
  case replace(SplitPattern, content: [UInt8])
  /// A byte string of its own, which is found faster than a pattern.
  case replaceLiteral([UInt8], content: [UInt8])
  case prepend([UInt8])
  case append([UInt8])
  case lowercase
  case strip(left: Bool, right: Bool)
  case stripAccents
  case characterMap(PrecompiledCharacterMap)
  /// SentencePiece's own: runs of blanks become one, none is left at either end.
  case collapseBlanks

  /// Whether the step leaves text as it is; `false` where that is not known at once.
  func leavesUnchanged(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    if case .unicode(let normalizer) = self { return normalizer.isNormalized(text, range) }
    return false
  }

  func apply(to text: NormalizedText) -> NormalizedText {
    let bytes = text.bytes
    let all = 0..<bytes.count
    var output = NormalizedText()
    output.reserve(bytes.count + 16)
    switch self {
    case .bert(let normalizer):
      Self.apply(text, into: &output) { whole, result in
        normalizer.normalize(whole, whole.indices, into: &result)
      }
    case .unicode(let normalizer):
      if normalizer.isNormalized(bytes, all) { return text }
      normalizer.apply(to: text, into: &output)
    case .replace(let pattern, let content):
      pattern.forEachPiece(of: bytes, all) { piece, isMatch in
        if isMatch {
          Self.append(content, for: piece, of: text, into: &output)
        } else {
          output.append(text, piece)
        }
      }
    case .replaceLiteral(let wanted, let content):
      Self.replace(wanted, by: content, in: text, into: &output)
    case .prepend(let prefix):
      guard let start = text.starts.first, let end = text.ends.first else { return text }
      output.append(bytes: prefix, from: start, to: end)
      output.append(text, all)
    case .append(let suffix):
      guard let start = text.starts.last, let end = text.ends.last else { return text }
      output.append(text, all)
      output.append(bytes: suffix, from: start, to: end)
    case .lowercase:
      Self.forEachScalar(of: text) { scalar, start, end, _ in
        if scalar < 0x80 {
          let isUpper = (0x41...0x5A).contains(scalar)
          output.append(
            byte: UInt8(truncatingIfNeeded: isUpper ? scalar + 0x20 : scalar),
            from: start,
            to: end
          )
        } else if UnicodeTables.shared.flags(of: scalar).contains(.lowers) {
          for lower in UnicodeTables.shared.lowercase(of: scalar) {
            output.append(scalar: lower, from: start, to: end)
          }
        } else {
          output.append(scalar: scalar, from: start, to: end)
        }
      }
    case .strip(let left, let right):
      output.append(text, Self.stripped(bytes, left: left, right: right))
    case .stripAccents:
      Self.forEachScalar(of: text) { scalar, start, end, _ in
        if scalar < 0x300 || !UnicodeCategories.shared.isAccent(scalar) {
          output.append(scalar: scalar, from: start, to: end)
        }
      }
    case .characterMap(let map):
      map.apply(to: text, into: &output)
    case .collapseBlanks:
      let kept = Self.stripped(bytes, left: true, right: true, only: 0x20)
      for index in kept where bytes[index] != 0x20 || bytes[index - 1] != 0x20 {
        output.append(text, index..<index + 1)
      }
    }
    return output
  }

  /// Runs a normalizer that counts scalars of its input, and carries the places over.
  private static func apply(
    _ text: NormalizedText,
    into output: inout NormalizedText,
    _ body: ([UInt8], inout NormalizedText) -> Int
  ) {
    var local = NormalizedText()
    _ = body(text.bytes, &local)
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    forEachScalar(of: text) { _, start, end, _ in
      starts.append(start)
      ends.append(end)
    }
    for index in local.bytes.indices {
      let first = Int(local.starts[index])
      let last = max(first, Int(local.ends[index]) - 1)
      guard first < starts.count, last < ends.count else { continue }
      output.append(byte: local.bytes[index], from: starts[first], to: ends[last])
    }
  }

  static func forEachScalar(
    of text: NormalizedText,
    _ body: (_ scalar: UInt32, _ start: UInt32, _ end: UInt32, _ bytes: Range<Int>) -> Void
  ) {
    let bytes = text.bytes
    var position = 0
    while position < bytes.count {
      let first = position
      let scalar = UTF8Reader.next(in: bytes, at: &position)
      body(scalar, text.starts[first], text.ends[position - 1], first..<position)
    }
  }

  /// What takes the place of several scalars stands where the last of them stood, as in the
  /// `tokenizers` package.
  private static func append(
    _ content: [UInt8],
    for match: Range<Int>,
    of text: NormalizedText,
    into output: inout NormalizedText
  ) {
    let last = UTF8Reader.startOfScalar(before: match.upperBound, in: text.bytes)
    output.append(bytes: content, from: text.starts[last], to: text.ends[match.upperBound - 1])
  }

  private static func replace(
    _ wanted: [UInt8],
    by content: [UInt8],
    in text: NormalizedText,
    into output: inout NormalizedText
  ) {
    let bytes = text.bytes
    guard let first = wanted.first else {
      output.append(text, 0..<bytes.count)
      return
    }
    var kept = 0
    var position = 0
    while position + wanted.count <= bytes.count {
      guard bytes[position] == first,
        wanted.count == 1 || bytes[position..<position + wanted.count].elementsEqual(wanted)
      else {
        position += 1
        continue
      }
      let end = position + wanted.count
      output.append(text, kept..<position)
      append(content, for: position..<end, of: text, into: &output)
      position = end
      kept = end
    }
    output.append(text, kept..<bytes.count)
  }

  /// What is left without white space at the ends, or without one byte.
  private static func stripped(
    _ bytes: [UInt8],
    left: Bool,
    right: Bool,
    only byte: UInt8? = nil
  ) -> Range<Int> {
    func isSpace(_ scalar: UInt32) -> Bool {
      byte.map { UInt32($0) == scalar }
        ?? (UnicodeCategories.shared.classes(of: scalar) & UnicodeCategories.spaceFlag != 0)
    }
    var start = 0
    var end = bytes.count
    while left && start < end {
      var next = start
      guard isSpace(UTF8Reader.next(in: bytes, at: &next)) else { break }
      start = next
    }
    while right && end > start {
      let before = UTF8Reader.startOfScalar(before: end, in: bytes)
      var reader = before
      guard isSpace(UTF8Reader.next(in: bytes, at: &reader)) else { break }
      end = before
    }
    return start..<end
  }
}

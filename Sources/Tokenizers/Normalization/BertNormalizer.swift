/// The normalizer of BERT: cleans, sets ideographs between spaces, strips accents, lower-cases.
///
/// Source: `BertNormalizer` of the `tokenizers` package, which follows the `BasicTokenizer` of
/// https://github.com/google-research/bert.
struct BertNormalizer: Sendable {
  let cleansText: Bool
  let spacesIdeographs: Bool
  let stripsAccents: Bool
  let lowercases: Bool

  /// What becomes of each ASCII byte; `dropped` for one that is removed.
  private let ascii: [UInt8]
  private static let dropped: UInt8 = 0xFF

  init(cleansText: Bool, spacesIdeographs: Bool, stripsAccents: Bool, lowercases: Bool) {
    self.cleansText = cleansText
    self.spacesIdeographs = spacesIdeographs
    self.stripsAccents = stripsAccents
    self.lowercases = lowercases
    ascii = (0..<128).map { (byte: UInt8) in
      switch byte {
      case 0x09, 0x0A, 0x0D: cleansText ? 0x20 : byte
      case ..<0x20, 0x7F: cleansText ? Self.dropped : byte
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): lowercases ? byte + 0x20 : byte
      default: byte
      }
    }
  }

  /// Appends the normalized form of a range of bytes, which begins and ends between scalars.
  ///
  /// - Returns: the number of scalars in the range.
  func normalize(_ text: [UInt8], _ range: Range<Int>, into output: inout NormalizedText) -> Int {
    let tables = UnicodeTables.shared
    output.reserve(output.bytes.count + range.count + 16)
    var decomposer = CanonicalDecomposer()
    var position = range.lowerBound
    var index: UInt32 = 0
    while position < range.upperBound {
      let byte = text[position]
      if byte < 0x80 {
        position += 1
        let mapped = ascii[Int(byte)]
        if mapped != Self.dropped {
          if !decomposer.isEmpty { flush(&decomposer, tables, into: &output) }
          output.append(byte: mapped, from: index, to: index &+ 1)
        }
      } else {
        let scalar = UTF8Reader.next(in: text, at: &position)
        append(scalar, at: index, &decomposer, tables, into: &output)
      }
      index &+= 1
    }
    flush(&decomposer, tables, into: &output)
    return Int(index)
  }

  private func append(
    _ scalar: UInt32,
    at index: UInt32,
    _ decomposer: inout CanonicalDecomposer,
    _ tables: UnicodeTables,
    into output: inout NormalizedText
  ) {
    let flags = tables.flags(of: scalar)
    if cleansText {
      if flags.contains(.removed) { return }
      if flags.contains(.whitespace) {
        flush(&decomposer, tables, into: &output)
        output.append(byte: 0x20, from: index, to: index &+ 1)
        return
      }
    }
    let isSpaced = spacesIdeographs && flags.contains(.ideograph)
    if isSpaced {
      flush(&decomposer, tables, into: &output)
      output.append(byte: 0x20, from: index, to: index &+ 1)
    }
    if !stripsAccents {
      emit(scalar, from: index, to: index &+ 1, flags, tables, into: &output)
    } else if flags.isDisjoint(with: [.decomposes, .combines]) {
      flush(&decomposer, tables, into: &output)
      if !flags.contains(.mark) {
        emit(scalar, from: index, to: index &+ 1, flags, tables, into: &output)
      }
    } else {
      decomposer.take(scalar, at: index, flags, tables) { part, start, end in
        emitUnlessMark(part, from: start, to: end, tables, into: &output)
      }
    }
    if isSpaced {
      flush(&decomposer, tables, into: &output)
      output.append(byte: 0x20, from: index, to: index &+ 1)
    }
  }

  private func flush(
    _ decomposer: inout CanonicalDecomposer,
    _ tables: UnicodeTables,
    into output: inout NormalizedText
  ) {
    if decomposer.isEmpty { return }
    decomposer.flush { part, start, end in
      emitUnlessMark(part, from: start, to: end, tables, into: &output)
    }
  }

  private func emitUnlessMark(
    _ scalar: UInt32,
    from start: UInt32,
    to end: UInt32,
    _ tables: UnicodeTables,
    into output: inout NormalizedText
  ) {
    guard scalar >= 0x80 else {
      output.append(byte: loweredASCII(scalar), from: start, to: end)
      return
    }
    let flags = tables.flags(of: scalar)
    if flags.contains(.mark) { return }
    emit(scalar, from: start, to: end, flags, tables, into: &output)
  }

  private func emit(
    _ scalar: UInt32,
    from start: UInt32,
    to end: UInt32,
    _ flags: UnicodeTables.Flags,
    _ tables: UnicodeTables,
    into output: inout NormalizedText
  ) {
    guard lowercases && flags.contains(.lowers) else {
      output.append(scalar: scalar, from: start, to: end)
      return
    }
    for lower in tables.lowercase(of: scalar) {
      output.append(scalar: lower, from: start, to: end)
    }
  }

  /// A decomposition may yield an ASCII scalar that was no ASCII byte before.
  private func loweredASCII(_ scalar: UInt32) -> UInt8 {
    let byte = UInt8(truncatingIfNeeded: scalar)
    let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    return lowercases && isUpper ? byte + 0x20 : byte
  }
}

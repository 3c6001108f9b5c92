/// Cuts the elements out of a JSON array, or values that follow one another, without parsing them.
///
/// Only one element is in memory at a time. Brackets and quotes are counted, so an element that is
/// wrong within its brackets does not disturb the next.
struct JSONElements {
  /// An element's bytes and the line that it begins on.
  struct Element {
    var bytes: [UInt8]
    var line: Int
  }

  private let isArray: Bool
  private var isDone = false

  /// Elements of an array whose opening bracket has been taken, or values up to the end of the file.
  init(ofArray isArray: Bool) { self.isArray = isArray }

  /// The next element; nil behind the last.
  ///
  /// - Throws: ``ItemFault`` where brackets or quotes do not close; then nothing more can be read.
  mutating func next(_ input: inout InputBytes) throws -> Element? {
    while !isDone {
      try input.skipSpace()
      guard let byte = try input.byte(at: 0) else {
        isDone = true
        if isArray { throw ItemFault("the file ends before its array does") }
        return nil
      }
      switch byte {
      case UInt8(ascii: ","):
        input.skip(1)
      case UInt8(ascii: "]") where isArray:
        input.skip(1)
        isDone = true
      default:
        let line = input.line
        let length = try Self.length(&input)
        guard let length else {
          isDone = true
          throw ItemFault(
            "its brackets or quotes do not close, so neither it nor what follows could be read"
          )
        }
        return Element(bytes: input.take(length), line: line)
      }
    }
    return nil
  }

  /// The length of the value ahead; nil where it does not end, or is longer than an item may be.
  static func length(_ input: inout InputBytes) throws -> Int? {
    var depth = 0
    var isInString = false
    var offset = 0
    while offset < InputBytes.itemLimit, let byte = try input.byte(at: offset) {
      offset += 1
      if isInString {
        if byte == UInt8(ascii: "\\") { offset += 1 }
        if byte == UInt8(ascii: "\"") {
          isInString = false
          if depth == 0 { return offset }
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return max(1, offset - 1) }
        depth -= 1
        if depth == 0 { return offset }
      case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
        if depth == 0 { return offset - 1 }
      default: break
      }
    }
    return depth == 0 && !isInString && offset > 0 && offset < InputBytes.itemLimit ? offset : nil
  }

  /// How far ahead the array under `"data"` begins, just behind its bracket, where the value ahead is an
  /// object that has one among its own members; nil where it has none within the first bytes.
  static func dataArray(_ head: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    var text: [UInt8]?
    var last: [UInt8] = []
    var isEscaped = false
    var isKey = false
    for (offset, byte) in head.enumerated() {
      if text != nil {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          last = text ?? []
          text = nil
          continue
        }
        text?.append(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): text = []
      case UInt8(ascii: ":"): isKey = depth == 1 && last.elementsEqual("data".utf8)
      case UInt8(ascii: "["):
        if isKey { return offset + 1 }
        depth += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case 0x20, 0x0A, 0x0D, 0x09: break
      default: isKey = false
      }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: ",") { isKey = false }
      if depth == 0 { return nil }
    }
    return nil
  }
}

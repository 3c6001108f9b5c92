import CLibXML2

/// Named and numeric character references (`&amp;`, `&#8211;`, `&#x2013;`).
enum CharacterReferences {
  /// The scalar that the reference at the start of the bytes stands for, and its length with `&`
  /// and `;`. Nil where there is none.
  static func parse(_ bytes: ArraySlice<UInt8>) -> (scalar: Unicode.Scalar, length: Int)? {
    guard bytes.first == UInt8(ascii: "&") else { return nil }
    let body = bytes.dropFirst().prefix(32)
    guard let end = body.firstIndex(of: UInt8(ascii: ";")), end > body.startIndex else {
      return nil
    }
    let name = body[..<end]
    let length = name.count + 2
    if name.first == UInt8(ascii: "#") {
      let digits = name.dropFirst()
      let isHex = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
      let text = (isHex ? digits.dropFirst() : digits).string
      guard let value = UInt32(text, radix: isHex ? 16 : 10), value != 0,
        let scalar = Unicode.Scalar(value)
      else { return nil }
      return (scalar, length)
    }
    guard name.allSatisfy({ $0.isLetter || $0.isDigit }) else { return nil }
    guard
      let entity = name.string.withCString({ text in
        text.withMemoryRebound(to: xmlChar.self, capacity: name.count + 1) { htmlEntityLookup($0) }
      })
    else { return nil }
    return Unicode.Scalar(entity.pointee.value).map { ($0, length) }
  }
}

/// Which names and paths may be used below the cache.
enum SafePath {
  /// A model's name: letters, digits, dots, hyphens and underscores, beginning with a letter or a
  /// digit, at most 100 of them.
  static func isModelName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= 100, isAlphanumeric(first) else {
      return false
    }
    return name.utf8.allSatisfy { byte in
      isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
    }
  }

  /// A path that stays below its folder: no empty, hidden or `..` component, no backslash.
  static func isRelative(_ path: String) -> Bool {
    let components = path.split(separator: "/", omittingEmptySubsequences: false)
    return !components.isEmpty && path.utf8.count <= 255
      && components.allSatisfy { component in
        !component.isEmpty && !component.hasPrefix(".")
          && component.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\\" }
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}

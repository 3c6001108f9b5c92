/// What split patterns and Unicode normalization ask of a scalar, answered as the `tokenizers`
/// package does.
struct UnicodeCategories: Sendable {
  /// Set for what `\s` matches.
  static let spaceFlag: UInt8 = 0x20
  /// Set for what `\w` matches.
  static let wordFlag: UInt8 = 0x40
  /// Set where a scalar may change in composition, by itself or with what stands before it.
  static let composesFlag: UInt8 = 0x80

  static let shared = UnicodeCategories()

  /// For each code point its category in the low five bits, and the flags.
  private var classes = [UInt8](repeating: 0, count: 0x11_0000)
  private var compatible: [UInt32: [UInt32]] = [:]
  private var accents: Set<UInt32> = []
  /// What two scalars compose to; the first in the high half of the key.
  private var compositions: [UInt64: UInt32] = [:]

  private init() {
    UnicodeTables.forEachEntry(of: Self.categories) { first, last, values in
      let category = values.first?.first.map { UInt8(truncatingIfNeeded: $0 & 0x1F) } ?? 0
      let names: [GeneralCategory] = [.lu, .ll, .lt, .lm, .lo, .mn, .mc, .me, .nd, .pc]
      let isWord = names.contains { $0.rawValue == category }
      for scalar in first...last {
        classes[Int(scalar)] = category | (isWord ? Self.wordFlag : 0)
      }
    }
    UnicodeTables.forEachEntry(of: Self.wordExtras) { first, last, _ in
      for scalar in first...last { classes[Int(scalar)] |= Self.wordFlag }
    }
    for scalar in Array(0x09...0x0D) + [0x20] { classes[scalar] |= Self.spaceFlag }
    UnicodeTables.forEachEntry(of: UnicodeTables.whitespace) { first, last, _ in
      for scalar in first...last { classes[Int(scalar)] |= Self.spaceFlag }
    }
    UnicodeTables.forEachEntry(of: Self.compatibility) { first, _, values in
      for (scalar, value) in zip(first..., values) { compatible[scalar] = value }
    }
    UnicodeTables.forEachEntry(of: Self.accents) { first, last, _ in
      for scalar in first...last { accents.insert(scalar) }
    }
    readCompositions()
  }

  private mutating func readCompositions() {
    var excluded: Set<UInt32> = []
    UnicodeTables.forEachEntry(of: Self.compositionExclusions) { first, last, _ in
      for scalar in first...last {
        excluded.insert(scalar)
        classes[Int(scalar)] |= Self.composesFlag
      }
    }
    var whole: [[UInt32]: UInt32] = [:]
    var parts: [UInt32: [UInt32]] = [:]
    UnicodeTables.forEachEntry(of: UnicodeTables.decompositions) { first, _, values in
      for (scalar, value) in zip(first..., values) where !excluded.contains(scalar) {
        whole[value] = scalar
        parts[scalar] = value
      }
    }
    for (scalar, value) in parts {
      guard value.count >= 2, let last = value.last else { continue }
      let front = Array(value.dropLast())
      // A composite of three parts is made of the composite of the first two and the third.
      guard let head = front.count == 1 ? front.first : whole[front] else { continue }
      compositions[UInt64(head) << 32 | UInt64(last)] = scalar
      classes[Int(last)] |= Self.composesFlag
    }
    UnicodeTables.forEachEntry(of: UnicodeTables.combiningClasses) { first, last, _ in
      for scalar in first...last { classes[Int(scalar)] |= Self.composesFlag }
    }
    for scalar in 0x1161...0x1175 { classes[scalar] |= Self.composesFlag }
    for scalar in 0x11A8...0x11C2 { classes[scalar] |= Self.composesFlag }
  }

  /// The category and flags of a scalar.
  @inline(__always)
  func classes(of scalar: UInt32) -> UInt8 {
    scalar < 0x11_0000 ? classes[Int(scalar)] : 0
  }

  /// Whether stripping accents removes a scalar.
  func isAccent(_ scalar: UInt32) -> Bool { accents.contains(scalar) }

  /// The full compatibility decomposition of a scalar that has one of its own.
  func compatibilityDecomposition(of scalar: UInt32) -> [UInt32]? { compatible[scalar] }

  /// What two scalars compose to; nil if they stay apart.
  func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    compositions[UInt64(first) << 32 | UInt64(second)] ?? Hangul.composition(of: first, second)
  }
}

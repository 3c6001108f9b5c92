/// The scalars that one place of a pattern matches, such as `\p{L}` or `[^\r\n]`.
struct ScalarSet: Sendable {
  /// The ASCII members, one bit each; negation is already in.
  private(set) var ascii: (low: UInt64, high: UInt64) = (0, 0)
  /// Categories whose scalars above ASCII belong to the set, one bit each.
  private var categories: UInt32 = 0
  /// For spaces, other scalars, word scalars and non-word scalars whether they belong to the set.
  private var classes: (space: Bool, other: Bool, word: Bool, nonword: Bool) =
    (false, false, false, false)
  private var ranges: [ClosedRange<UInt32>] = []
  private var isNegated = false

  var isEmptyOfASCII: Bool { ascii == (0, 0) }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    if range.upperBound >= 0x80 { ranges.append(range) }
    guard range.lowerBound < 0x80 else { return }
    for scalar in range.lowerBound...min(range.upperBound, 0x7F) { insertASCII(scalar) }
  }

  mutating func insert(_ scalar: UInt32) { insert(scalar...scalar) }

  /// Adds a scalar and what equals it without regard to case.
  mutating func insertFolded(_ scalar: UInt32) {
    insert(scalar)
    guard let properties = Unicode.Scalar(scalar)?.properties else { return }
    for mapping in [properties.lowercaseMapping, properties.uppercaseMapping] {
      let mapped = mapping.unicodeScalars
      if mapped.count == 1, let first = mapped.first { insert(first.value) }
    }
    // The long s and the Kelvin sign fold to ASCII letters.
    if scalar | 0x20 == 0x73 { insert(0x17F) }
    if scalar | 0x20 == 0x6B { insert(0x212A) }
  }

  mutating func insert(categories bits: UInt32) {
    categories |= bits
    let tables = UnicodeCategories.shared
    for scalar: UInt32 in 0..<0x80 where bits >> UInt32(tables.classes(of: scalar) & 0x1F) & 1 == 1
    {
      insertASCII(scalar)
    }
  }

  mutating func insertSpaces(negated: Bool) {
    if negated { classes.other = true } else { classes.space = true }
    insertASCII { ($0 & UnicodeCategories.spaceFlag != 0) != negated }
  }

  mutating func insertWords(negated: Bool) {
    if negated { classes.nonword = true } else { classes.word = true }
    insertASCII { ($0 & UnicodeCategories.wordFlag != 0) != negated }
  }

  /// Turns the set into its complement; only once, when all members are in.
  mutating func negate() {
    ascii = (~ascii.low, ~ascii.high)
    isNegated = true
  }

  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    if scalar < 0x40 { return ascii.low >> UInt64(scalar) & 1 == 1 }
    if scalar < 0x80 { return ascii.high >> UInt64(scalar & 0x3F) & 1 == 1 }
    return containsBeyondASCII(scalar)
  }

  private func containsBeyondASCII(_ scalar: UInt32) -> Bool {
    let flags = UnicodeCategories.shared.classes(of: scalar)
    if categories >> UInt32(flags & 0x1F) & 1 == 1 { return !isNegated }
    let isSpace = flags & UnicodeCategories.spaceFlag != 0
    if isSpace ? classes.space : classes.other { return !isNegated }
    let isWord = flags & UnicodeCategories.wordFlag != 0
    if isWord ? classes.word : classes.nonword { return !isNegated }
    for range in ranges where range.contains(scalar) { return !isNegated }
    return isNegated
  }

  private mutating func insertASCII(_ scalar: UInt32) {
    if scalar < 0x40 {
      ascii.low |= 1 << UInt64(scalar)
    } else {
      ascii.high |= 1 << UInt64(scalar - 0x40)
    }
  }

  private mutating func insertASCII(where isMember: (UInt8) -> Bool) {
    for scalar: UInt32 in 0..<0x80 where isMember(UnicodeCategories.shared.classes(of: scalar)) {
      insertASCII(scalar)
    }
  }
}

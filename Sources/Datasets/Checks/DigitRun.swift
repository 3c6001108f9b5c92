/// Groups of digits that stand together, such as `+44 20 7946 0958` or `123-45-6789`.
struct DigitRun {
  /// One group of digits.
  struct Group {
    /// The digits as numbers.
    var digits: [Int]
    /// Where it stands, in bytes.
    var range: Range<Int>
  }

  /// The groups in order.
  var groups: [Group]
  /// What stands before the first group and between the groups; one more than separators between.
  var separators: [String]
  /// The whole text that it stands in.
  var bytes: [UInt8]

  /// Part of a run.
  func part(_ range: Range<Int>) -> DigitRun {
    DigitRun(
      groups: Array(groups[range]),
      separators: Array(separators[range]),
      bytes: bytes
    )
  }

  /// All digits.
  var digits: [Int] { groups.flatMap(\.digits) }

  /// The lengths of the groups.
  var layout: [Int] { groups.map(\.digits.count) }

  /// The separators between the groups.
  var inner: ArraySlice<String> { separators.dropFirst() }

  /// Whether there is no separator, or always the same one of these.
  func isUniform(_ allowed: [String] = [" ", "-", "."]) -> Bool {
    guard let first = inner.first else { return true }
    return allowed.contains(first) && inner.allSatisfy { $0 == first }
  }

  /// Whether the digits are introduced with a plus sign.
  var hasPlus: Bool { separators.first?.contains("+") ?? false }

  /// Where it stands, with the plus sign or bracket before it.
  var range: Range<Int> {
    guard let first = groups.first, let last = groups.last else { return 0..<0 }
    let lead = separators.first?.utf8.count ?? 0
    return (first.range.lowerBound - lead)..<last.range.upperBound
  }

  /// The number that groups give; 0 for runs of more than 18 digits, which would not fit.
  static func value(_ digits: some Collection<Int>) -> Int {
    digits.count > 18 ? 0 : digits.reduce(0) { $0 * 10 + $1 }
  }

  /// Whether one of the words stands shortly before.
  func hasContext(_ words: [String]) -> Bool {
    ASCIIText.context(bytes, before: range.lowerBound, has: words)
  }

  /// The runs of a text. Digits that belong to a word, such as `B12` or `4x`, are in none.
  static func runs(_ bytes: [UInt8]) -> [DigitRun] {
    var runs: [DigitRun] = []
    var current = DigitRun(groups: [], separators: [], bytes: bytes)
    func finish() {
      if !current.groups.isEmpty { runs.append(current) }
      current.groups = []
      current.separators = []
    }
    var index = 0
    while index < bytes.count {
      guard ASCIIText.isDigit(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, ASCIIText.isDigit(bytes[index]) { index += 1 }
      let isInWord =
        start > 0 && ASCIIText.isWord(bytes[start - 1])
        || index < bytes.count && ASCIIText.isWord(bytes[index])
      if isInWord {
        finish()
        continue
      }
      let group = Group(digits: ASCIIText.digits(bytes[start..<index]), range: start..<index)
      if let last = current.groups.last, let separator = separator(bytes, last.range, start) {
        current.separators.append(separator)
      } else {
        finish()
        current.separators = [lead(bytes, before: start)]
      }
      current.groups.append(group)
    }
    finish()
    return runs
  }

  /// What stands between two groups, if it keeps them together.
  private static func separator(_ bytes: [UInt8], _ last: Range<Int>, _ start: Int) -> String? {
    let gap = start - last.upperBound
    guard gap >= 1, gap <= 3 else { return nil }
    let between = bytes[last.upperBound..<start]
    // Non-breaking blanks and hyphens are two or three bytes of UTF-8.
    if between.elementsEqual([0xC2, 0xA0]) || between.elementsEqual([0xE2, 0x80, 0xAF]) {
      return " "
    }
    if between.elementsEqual([0xE2, 0x80, 0x91]) || between.elementsEqual([0xE2, 0x80, 0x93]) {
      return "-"
    }
    // A point and a blank end a sentence.
    guard between.allSatisfy({ " -./()".utf8.contains($0) }), !between.elementsEqual(". ".utf8),
      gap <= 2 || between.contains(where: { "()-".utf8.contains($0) })
    else { return nil }
    return String(decoding: between, as: UTF8.self)
  }

  /// A plus sign, opening bracket or both before the first group.
  private static func lead(_ bytes: [UInt8], before start: Int) -> String {
    var from = start
    while from > 0, start - from < 2, bytes[from - 1] == 0x2B || bytes[from - 1] == 0x28 {
      from -= 1
    }
    let isFree = from == 0 || !ASCIIText.isWord(bytes[from - 1])
    return isFree ? String(decoding: bytes[from..<start], as: UTF8.self) : ""
  }
}

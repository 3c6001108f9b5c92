/// What BERT tokenization asks of a Unicode scalar, answered as the `tokenizers` package does.
///
/// The package's tables come from several Unicode versions, none of them Swift's, so they are
/// kept here (`UnicodeTables+Data.swift`) instead of asking the standard library.
struct UnicodeTables: Sendable {
  /// Properties of one scalar.
  struct Flags: OptionSet {
    let rawValue: UInt8

    /// Removed by cleaning.
    static let removed = Self(rawValue: 1)
    static let whitespace = Self(rawValue: 2)
    static let punctuation = Self(rawValue: 4)
    /// A nonspacing mark.
    static let mark = Self(rawValue: 8)
    /// Set between spaces.
    static let ideograph = Self(rawValue: 16)
    /// Has a canonical decomposition.
    static let decomposes = Self(rawValue: 32)
    /// Has a lower-case mapping.
    static let lowers = Self(rawValue: 64)
    /// Has a combining class other than 0.
    static let combines = Self(rawValue: 128)
  }

  static let shared = UnicodeTables()

  /// One byte for each of the 0x110000 code points.
  private var flags = [UInt8](repeating: 0, count: 0x11_0000)
  private var classes: [UInt32: UInt8] = [:]
  private var decompositions: [UInt32: [UInt32]] = [:]
  private var lowercase: [UInt32: [UInt32]] = [:]

  private init() {
    set(.removed, from: Self.removed)
    set(.whitespace, from: Self.whitespace)
    set(.punctuation, from: Self.punctuation)
    set(.mark, from: Self.marks)
    set(.ideograph, from: Self.ideographs)
    for value in Hangul.syllables { flags[Int(value)] |= Flags.decomposes.rawValue }
    Self.forEachEntry(of: Self.combiningClasses) { first, last, values in
      for scalar in first...last {
        flags[Int(scalar)] |= Flags.combines.rawValue
        classes[scalar] = values.first?.first.map { UInt8(truncatingIfNeeded: $0) } ?? 0
      }
    }
    Self.forEachEntry(of: Self.decompositions) { first, _, values in
      for (scalar, value) in zip(first..., values) {
        flags[Int(scalar)] |= Flags.decomposes.rawValue
        decompositions[scalar] = value
      }
    }
    Self.forEachEntry(of: Self.lowercase) { first, _, values in
      for (scalar, value) in zip(first..., values) {
        flags[Int(scalar)] |= Flags.lowers.rawValue
        lowercase[scalar] = value
      }
    }
  }

  /// The properties of a scalar at or above U+0080.
  @inline(__always)
  func flags(of scalar: UInt32) -> Flags {
    Flags(rawValue: flags[Int(scalar)])
  }

  func combiningClass(of scalar: UInt32) -> UInt8 {
    classes[scalar] ?? 0
  }

  /// The full canonical decomposition of a scalar that has one.
  func decomposition(of scalar: UInt32) -> [UInt32] {
    Hangul.decomposition(of: scalar) ?? decompositions[scalar] ?? [scalar]
  }

  /// The lower-case mapping of a scalar that has one.
  func lowercase(of scalar: UInt32) -> [UInt32] {
    lowercase[scalar] ?? [scalar]
  }

  private mutating func set(_ flag: Flags, from table: String) {
    Self.forEachEntry(of: table) { first, last, _ in
      for scalar in first...last { flags[Int(scalar)] |= flag.rawValue }
    }
  }

  /// Reads `first`, `first-last` and `first-last=value+value,value…`, all hexadecimal.
  static func forEachEntry(
    of table: String,
    _ body: (_ first: UInt32, _ last: UInt32, _ values: [[UInt32]]) -> Void
  ) {
    for word in table.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == 10 }) {
      var bounds: [UInt32] = []
      var values: [[UInt32]] = []
      var current: [UInt32] = []
      var number: UInt32 = 0
      for byte in word {
        switch byte {
        case UInt8(ascii: "-"):
          bounds.append(number)
          number = 0
        case UInt8(ascii: "="):
          bounds.append(number)
          number = 0
        case UInt8(ascii: "+"):
          current.append(number)
          number = 0
        case UInt8(ascii: ","):
          values.append(current + [number])
          current = []
          number = 0
        default:
          let digit = byte < 0x41 ? byte &- 0x30 : byte &- 0x37
          number = number << 4 | UInt32(digit)
        }
      }
      let hasValues = word.contains(UInt8(ascii: "="))
      if hasValues { values.append(current + [number]) } else { bounds.append(number) }
      guard let first = bounds.first, let last = bounds.last else { continue }
      body(first, last, values)
    }
  }
}

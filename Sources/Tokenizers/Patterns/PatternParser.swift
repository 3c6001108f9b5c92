/// Reads the part of Oniguruma's pattern language (https://github.com/kkos/oniguruma/blob/master/doc/RE)
/// that split patterns of tokenizers are written in.
struct PatternParser {
  /// Why a pattern cannot be used.
  struct Failure: Error {
    var message: String
  }

  /// Deeper groups are refused, so that a hostile file cannot exhaust the stack.
  private static let deepest = 32

  private let scalars: [UInt32]
  private var position = 0
  private var ignoresCase = false

  private init(_ pattern: String) { scalars = pattern.unicodeScalars.map(\.value) }

  /// The node that a pattern stands for.
  static func parse(_ pattern: String) throws(Failure) -> PatternNode {
    var parser = PatternParser(pattern)
    guard parser.scalars.count <= 20_000 else { throw Failure(message: "the pattern is too long") }
    let node = try parser.alternatives(depth: 0)
    guard parser.current == nil else { throw parser.unsupported("an unmatched parenthesis") }
    return node
  }

  private var current: UInt32? { position < scalars.count ? scalars[position] : nil }

  private func unsupported(_ what: String) -> Failure {
    Failure(message: "\(what) at character \(position + 1)")
  }

  private func isNext(_ text: String, after skipped: Int = 0) -> Bool {
    let wanted = text.unicodeScalars.map(\.value)
    let start = position + skipped
    return start + wanted.count <= scalars.count
      && scalars[start..<start + wanted.count].elementsEqual(wanted)
  }

  private mutating func take(_ text: String) -> Bool {
    guard isNext(text) else { return false }
    position += text.unicodeScalars.count
    return true
  }

  private mutating func alternatives(depth: Int) throws(Failure) -> PatternNode {
    guard depth < Self.deepest else { throw unsupported("too deep a group") }
    let outer = ignoresCase
    defer { ignoresCase = outer }
    var branches: [PatternNode] = []
    repeat {
      branches.append(try sequence(depth: depth))
    } while take("|")
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence(depth: Int) throws(Failure) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = current, scalar != 0x7C, scalar != 0x29 {
      guard let atom = try atom(depth: depth) else { continue }
      nodes.append(try quantified(atom))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func quantified(_ atom: PatternNode) throws(Failure) -> PatternNode {
    var node = atom
    var count = 0
    while let (least, most) = try quantifier() {
      if case .look = node { throw unsupported("a repeated assertion") }
      count += 1
      guard count <= 3 else { throw unsupported("a repetition of repetitions") }
      var greed = PatternNode.Greed.greedy
      if take("?") {
        greed = .lazy
      } else if take("+") {
        greed = .possessive
      }
      node = .repeated(node, least: least, most: most, greed)
    }
    return node
  }

  private mutating func quantifier() throws(Failure) -> (least: Int, most: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard isNext("{") else { return nil }
    let start = position
    position += 1
    let least = number()
    var most = least
    if take(",") { most = number() }
    let isOpen = position > start && scalars[position - 1] == 0x2C
    guard take("}"), least != nil || most != nil else {
      position = start
      throw unsupported("a brace that is no repetition")
    }
    let low = least ?? 0
    if !isOpen, let most, most < low { throw unsupported("a repetition that cannot be") }
    guard low <= 1_000, most ?? 0 <= 1_000 else { throw unsupported("too many repetitions") }
    return (low, isOpen ? nil : most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = current, (0x30...0x39).contains(scalar) {
      value = min((value ?? 0) * 10 + Int(scalar - 0x30), 1_000_000)
      position += 1
    }
    return value
  }

  /// One atom; nil for what matches nothing by itself, such as `(?i)`.
  private mutating func atom(depth: Int) throws(Failure) -> PatternNode? {
    guard let scalar = current else { return nil }
    switch scalar {
    case 0x28: return try group(depth: depth)
    case 0x5B: return .set(try scalarClass())
    case 0x2E:
      position += 1
      var set = ScalarSet()
      set.insert(0x0A)
      set.negate()
      return .set(set)
    case 0x5E:
      position += 1
      return .atLineStart
    case 0x24:
      position += 1
      return .atLineEnd
    case 0x2A, 0x2B, 0x3F: throw unsupported("a repetition of nothing")
    case 0x5C:
      if take("\\A") { return .atStart }
      if take("\\z") { return .atEnd }
      var set = ScalarSet()
      try escape(into: &set, isAlone: true)
      return .set(set)
    default:
      position += 1
      return .set(literal(scalar))
    }
  }

  private func literal(_ scalar: UInt32) -> ScalarSet {
    var set = ScalarSet()
    if ignoresCase { set.insertFolded(scalar) } else { set.insert(scalar) }
    return set
  }

  private mutating func group(depth: Int) throws(Failure) -> PatternNode? {
    var wrap: (PatternNode) -> PatternNode = { $0 }
    if take("(?i)") {
      // Onward from here, to the end of the group around it.
      ignoresCase = true
      return try alternatives(depth: depth + 1)
    }
    let outer = ignoresCase
    defer { ignoresCase = outer }
    if take("(?i:") {
      ignoresCase = true
    } else if take("(?=") {
      wrap = { .look($0, ahead: true, negated: false) }
    } else if take("(?!") {
      wrap = { .look($0, ahead: true, negated: true) }
    } else if take("(?<=") {
      wrap = { .look($0, ahead: false, negated: false) }
    } else if take("(?<!") {
      wrap = { .look($0, ahead: false, negated: true) }
    } else if take("(?>") {
      wrap = { .atomic($0) }
    } else if !take("(?:") {
      if isNext("(?") { throw unsupported("a group of another kind") }
      position += 1
    }
    let body = try alternatives(depth: depth + 1)
    guard take(")") else { throw unsupported("a group without end") }
    return wrap(body)
  }

  private mutating func scalarClass() throws(Failure) -> ScalarSet {
    position += 1
    let isNegated = take("^")
    var set = ScalarSet()
    var isFirst = true
    while let scalar = current, scalar != 0x5D || isFirst {
      isFirst = false
      if scalar == 0x5B || isNext("&&") { throw unsupported("a class within a class") }
      var first: UInt32?
      if scalar == 0x5C {
        first = try escape(into: &set, isAlone: false)
      } else {
        position += 1
        first = scalar
      }
      guard let first else { continue }
      guard isNext("-"), !isNext("-]") else {
        if ignoresCase { set.insertFolded(first) } else { set.insert(first) }
        continue
      }
      position += 1
      guard var last = current else { break }
      if last == 0x5C {
        var unused = ScalarSet()
        guard let escaped = try escape(into: &unused, isAlone: false) else {
          throw unsupported("a range that ends with a class")
        }
        last = escaped
      } else {
        position += 1
      }
      guard first <= last else { throw unsupported("a range that cannot be") }
      set.insert(first...last)
      if ignoresCase {
        guard last < 0x80 else { throw unsupported("a range without regard to case") }
        for scalar in first...last { set.insertFolded(scalar) }
      }
    }
    guard take("]") else { throw unsupported("a class without end") }
    if isNegated { set.negate() }
    return set
  }

  /// Reads an escape; one that stands for a single scalar is returned, and is put into the set only
  /// if it stands alone.
  @discardableResult
  private mutating func escape(
    into set: inout ScalarSet,
    isAlone: Bool
  ) throws(Failure) -> UInt32? {
    position += 1
    guard let letter = current.flatMap(Unicode.Scalar.init) else {
      throw unsupported("an escape without end")
    }
    position += 1
    let scalar: UInt32
    switch letter {
    case "s", "S":
      set.insertSpaces(negated: letter == "S")
      return nil
    case "w", "W":
      set.insertWords(negated: letter == "W")
      return nil
    case "d", "D":
      set.insert(categories: letter == "d" ? GeneralCategory.nd.bit : ~GeneralCategory.nd.bit)
      return nil
    case "p", "P":
      set.insert(categories: try property(isNegated: letter == "P"))
      return nil
    case "n": scalar = 0x0A
    case "r": scalar = 0x0D
    case "t": scalar = 0x09
    case "f": scalar = 0x0C
    case "v": scalar = 0x0B
    case "e": scalar = 0x1B
    case "0": scalar = 0
    case "x": scalar = try hexadecimal(digits: 2)
    case "u": scalar = try hexadecimal(digits: 4)
    default:
      if letter.properties.isAlphabetic || letter.properties.numericType != nil {
        throw unsupported("the escape \\\(letter)")
      }
      scalar = letter.value
    }
    if isAlone { set = literal(scalar) }
    return scalar
  }

  private mutating func property(isNegated: Bool) throws(Failure) -> UInt32 {
    var isNegated = isNegated
    var name = ""
    if take("{") {
      if take("^") { isNegated.toggle() }
      while let scalar = current.flatMap(Unicode.Scalar.init), scalar != "}", name.count < 64 {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard take("}") else { throw unsupported("a property without end") }
    } else if let scalar = current.flatMap(Unicode.Scalar.init) {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard let bits = GeneralCategory.bits(named: name) else {
      throw unsupported("the property \(name)")
    }
    return isNegated ? ~bits : bits
  }

  /// `\xHH`, `\x{H…}` and `\uHHHH`, the letter being read.
  private mutating func hexadecimal(digits: Int) throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    let isBraced = take("{")
    var count = 0
    while let digit = hexDigit(current), count < (isBraced ? 8 : digits) {
      value = value << 4 | digit
      position += 1
      count += 1
    }
    guard count > 0, !isBraced || take("}"), Unicode.Scalar(value) != nil else {
      throw unsupported("a number that is no character")
    }
    return value
  }

  private func hexDigit(_ scalar: UInt32?) -> UInt32? {
    switch scalar {
    case .some(let value) where (0x30...0x39).contains(value): value - 0x30
    case .some(let value) where (0x41...0x46).contains(value): value - 0x37
    case .some(let value) where (0x61...0x66).contains(value): value - 0x57
    default: nil
    }
  }
}

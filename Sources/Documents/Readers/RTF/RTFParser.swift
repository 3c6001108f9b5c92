/// Walks through an RTF file once, without recursion.
struct RTFParser {
  /// Groups nested deeper are read with what holds at this depth.
  private static let maximumDepth = 1000

  private let bytes: [UInt8]
  private var position = 0
  private var state = RTFState()
  private var stack: [RTFState] = []
  private var overflow = 0
  private var charset = CharacterSet.windows1252
  private var fontCharsets: [Int: CharacterSet] = [:]
  private var styleLevels: [Int: Int] = [:]
  private var styleName = ""
  private var text = ""
  private var marker = ""
  /// Bytes of the code page that are not yet decoded.
  private var raw: [UInt8] = []
  private var highSurrogate: UInt32?
  private var toSkip = 0

  private(set) var output = RTFOutput()
  private(set) var facts: [String: String] = [:]
  private(set) var isCut = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "{"): open()
      case UInt8(ascii: "}"): close()
      case UInt8(ascii: "\\"): control()
      case 0x0A, 0x0D, 0x00: break
      default: add(byte)
      }
    }
    isCut = !stack.isEmpty
    finishParagraph()
    output.finishRow()
  }

  private mutating func open() {
    flush()
    toSkip = 0
    if stack.count < Self.maximumDepth { stack.append(state) } else { overflow += 1 }
  }

  private mutating func close() {
    flush()
    toSkip = 0
    if state.destination == .styles { finishStyle() }
    if overflow > 0 { overflow -= 1 } else if let last = stack.popLast() { state = last }
  }

  private mutating func control() {
    guard position < bytes.count else { return }
    let first = bytes[position]
    guard first.isLetter else {
      position += 1
      symbol(first)
      return
    }
    let start = position
    while position < bytes.count, bytes[position].isLetter, position - start < 32 { position += 1 }
    let word = bytes[start..<position].string
    let numberStart = position
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    while position < bytes.count, bytes[position].isDigit, position - numberStart < 11 {
      position += 1
    }
    let number = Int(bytes[numberStart..<position].string)
    if position < bytes.count, bytes[position] == 0x20 { position += 1 }
    if word == "bin" {
      position = min(bytes.count, position + max(0, number ?? 0))
    } else {
      apply(word, number)
    }
  }

  private mutating func symbol(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "'"):
      guard position + 1 < bytes.count else { return }
      if let value = TransferEncoding.byte(bytes[position], bytes[position + 1]) { add(value) }
      position += 2
    case UInt8(ascii: "*"): state.destination = .skipped
    case UInt8(ascii: "~"): add(" ")
    case UInt8(ascii: "_"): add("\u{2011}")
    case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): add(byte)
    case 0x0A, 0x0D: finishParagraph()
    default: break
    }
  }

  private mutating func apply(_ word: String, _ number: Int?) {
    if let destination = Self.destinations[word] {
      if state.destination != .skipped { state.destination = destination }
      return
    }
    if let sign = Self.signs[word] {
      add(sign)
      return
    }
    switch word {
    case "par", "sect", "page": finishParagraph()
    case "cell", "nestcell":
      state.isInTable = true
      finishParagraph()
      output.finishCell()
    case "row", "nestrow":
      finishParagraph()
      output.finishRow()
    case "pard":
      flush()
      state.style = 0
      state.outline = nil
      state.isInTable = false
      state.isListItem = false
    case "intbl": state.isInTable = true
    case "ls": state.isListItem = true
    case "plain": state.isHidden = false
    case "v": state.isHidden = number != 0
    case "s": state.style = number ?? 0
    case "outlinelevel": noteOutline(number ?? 9)
    case "uc": state.fallbackLength = min(max(number ?? 1, 0), 16)
    case "u": unicode(number ?? 0)
    case "ansicpg": charset = number.flatMap { CharacterSet(codePage: $0) } ?? charset
    case "mac": charset = .macRoman
    case "pc", "pca": charset = .dos850
    case "f", "deff":
      flush()
      state.font = number ?? 0
    case "fcharset":
      if state.destination == .fonts, let set = Self.charset(number ?? 0) {
        fontCharsets[state.font] = set
      }
    default: break
    }
  }

  private mutating func noteOutline(_ level: Int) {
    if state.destination == .styles {
      if (0...5).contains(level) { styleLevels[state.style] = level + 1 }
    } else {
      state.outline = (0...5).contains(level) ? level + 1 : nil
    }
  }

  private mutating func unicode(_ number: Int) {
    flush()
    let unit = UInt32(truncatingIfNeeded: number) & 0xFFFF
    if (0xD800..<0xDC00).contains(unit) {
      highSurrogate = unit
    } else if (0xDC00..<0xE000).contains(unit) {
      if let high = highSurrogate,
        let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10 | (unit - 0xDC00)))
      {
        add(String(scalar))
      }
      highSurrogate = nil
    } else if let scalar = Unicode.Scalar(unit), unit != 0 {
      // Symbol fonts use the private area for their bullets.
      add((0xF000...0xF0FF).contains(unit) ? "•" : String(scalar))
    }
    toSkip = state.fallbackLength
  }

  private mutating func add(_ byte: UInt8) {
    if toSkip > 0 {
      toSkip -= 1
    } else {
      raw.append(byte)
    }
  }

  private mutating func add(_ words: String) {
    flush()
    guard !state.isHidden else { return }
    switch state.destination {
    case .body: text += words
    case .marker: marker += words
    case .styles: styleName += words
    case .title: facts["title", default: ""] += words
    case .author: facts["author", default: ""] += words
    case .subject: facts["subject", default: ""] += words
    case .skipped, .fonts: break
    }
  }

  /// Decodes the bytes collected so far in the font's code page.
  private mutating func flush() {
    guard !raw.isEmpty else { return }
    let collected = raw
    raw.removeAll(keepingCapacity: true)
    guard collected.contains(where: { $0 >= 0x80 }) else {
      add(String(decoding: collected, as: UTF8.self))
      return
    }
    let set = fontCharsets[state.font] ?? charset
    let decoded = TextDecoder.decode(collected, from: 0, as: set, warning: nil)
    add(decoded?.bytes[...].string ?? String(decoding: collected, as: UTF8.self))
  }

  private mutating func finishStyle() {
    let name = styleName.trimmed.lowercased()
    styleName = ""
    let words = name.split { $0 == " " || $0 == ";" }
    guard let first = words.first else { return }
    if first == "title", words.count == 1 { styleLevels[state.style] = 1 }
    guard ["heading", "überschrift", "titre", "título", "titolo", "kop"].contains(String(first)),
      words.count > 1, let level = Int(words[1]), (1...6).contains(level)
    else { return }
    styleLevels[state.style] = level
  }

  private mutating func finishParagraph() {
    flush()
    guard state.destination == .body else { return }
    let level = state.outline ?? styleLevels[state.style]
    let isItem = state.isListItem || !marker.trimmed.isEmpty
    var kind = Block.Kind.paragraph
    if let level { kind = .heading(level: level) } else if isItem { kind = .listItem }
    var words = text
    if kind == .listItem, !words.trimmed.isEmpty {
      let isNumber = marker.contains { $0.isNumber || ($0.isLetter && $0.isASCII) }
      words = (isNumber ? marker.trimmed : "-") + " " + words.trimmed
    }
    output.paragraph(kind, words, isInTable: state.isInTable)
    text = ""
    marker = ""
  }
}

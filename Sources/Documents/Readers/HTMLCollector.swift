import CLibXML2

/// Builds a text from the events of an HTML parser.
///
/// A class, because the parser's callbacks know it by its address.
final class HTMLCollector {
  /// What is left out.
  enum Dropping { case all, boilerplate, nothing }

  /// The parser while it runs; it knows how far it has read.
  var context: htmlParserCtxtPtr?
  private(set) var pieces = HTMLPieces()
  private(set) var metadata: [String: String] = [:]
  private(set) var title = ""
  private(set) var firstHeading = ""
  private(set) var keptBytes = 0
  private(set) var droppedFormBytes = 0
  private(set) var isTooDeep = false

  private let text: DecodedText
  private let dropping: Dropping
  private var depth = 0
  /// Depth of the outermost element that is being left out, and whether it is a form.
  private var dropped: (depth: Int, isForm: Bool)?
  private var articleDepth = 0
  private var isInTitle = false
  private var linkDepth = 0
  private var linkBytes = 0
  private var preformatted = 0
  /// The block that is being collected.
  private var kind = Block.Kind.paragraph
  private var content: [UInt8] = []
  private var blockStart = 0
  private var lists: [Int?] = []
  private var marker = ""
  private var tables: [HTMLTable] = []

  init(text: DecodedText, dropping: Dropping) {
    self.text = text
    self.dropping = dropping
  }

  // MARK: Events

  func start(_ name: String, _ attributes: [String: String]) {
    depth += 1
    if depth > HTMLReader.maximumDepth {
      isTooDeep = true
      if let context { xmlStopParser(context) }
      return
    }
    guard dropped == nil else { return }
    if leavesOut(name, attributes) {
      if !HTMLElements.inline.contains(name) { flush() }
      dropped = (depth, name == "form")
      return
    }
    if dropping != .nothing, !HTMLElements.inline.contains(name) {
      flush()
      pieces.open(name, attributes, depth: depth)
    }
    switch name {
    case "title": isInTitle = true
    case "a": linkDepth += 1
    case "meta": note(attributes)
    case "html":
      if let tag = attributes["lang"]?.trimmed, !tag.isEmpty, tag.utf8.count <= 35 {
        metadata["language"] = tag
      }
    case "br": lineBreak()
    case "article", "main", "section":
      flush()
      articleDepth += 1
    case "pre":
      flush()
      preformatted += 1
      kind = .code
    case "ul", "ol", "menu":
      flush()
      lists.append(name == "ol" ? attributes["start"].flatMap { Int($0) } ?? 1 : nil)
    case "li": startItem()
    case "table", "caption", "tr", "td", "th": startTablePart(name, attributes)
    case "img":
      if let words = attributes["alt"], !words.trimmed.isEmpty { append(Array(" \(words) ".utf8)) }
    default:
      if let level = HTMLElements.headingLevel(name) {
        flush()
        kind = .heading(level: level)
      } else if !HTMLElements.inline.contains(name) {
        flush()
      }
    }
  }

  func end(_ name: String) {
    defer { depth -= 1 }
    if let outer = dropped {
      if depth <= outer.depth { dropped = nil }
      return
    }
    defer {
      if dropping != .nothing, !HTMLElements.inline.contains(name) { pieces.close(depth: depth) }
    }
    switch name {
    case "title": isInTitle = false
    case "a": linkDepth = max(0, linkDepth - 1)
    case "article", "main", "section":
      flush()
      articleDepth = max(0, articleDepth - 1)
    case "pre":
      flush()
      preformatted = max(0, preformatted - 1)
    case "ul", "ol", "menu":
      flush()
      _ = lists.popLast()
    case "table", "caption", "tr", "td", "th": endTablePart(name)
    default: if !HTMLElements.inline.contains(name) { flush() }
    }
  }

  func characters(_ characters: UnsafeBufferPointer<UInt8>) {
    if let dropped {
      if dropped.isForm { droppedFormBytes += characters.count { !$0.isWhitespace } }
      return
    }
    if isInTitle {
      // Some pages carry further titles inside drawings.
      if title.utf8.count < 1000 { title += String(decoding: characters, as: UTF8.self) }
      return
    }
    append(Array(characters))
  }

  func finish() {
    while let table = tables.popLast() { emit(table) }
    flush()
    title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Blocks

  /// The byte of the file (as decoded) that the parser has come to.
  private var position: Int {
    guard let input = context?.pointee.input else { return text.bytes.count }
    let consumed = Int(clamping: input.pointee.consumed)
    guard let base = input.pointee.base, let current = input.pointee.cur else { return consumed }
    // Three bytes are the mark that was put in front.
    return min(max(0, consumed + (current - base) - 3), text.bytes.count)
  }

  private func append(_ bytes: [UInt8]) {
    if content.isEmpty {
      guard !bytes[...].isBlank || preformatted > 0 else { return }
      blockStart = max(0, position - bytes.count)
    }
    if linkDepth > 0 { linkBytes += bytes.count { !$0.isWhitespace } }
    guard preformatted == 0 else {
      content += bytes
      return
    }
    for byte in bytes {
      if byte.isWhitespace {
        if let last = content.last, !last.isWhitespace { content.append(0x20) }
      } else {
        content.append(byte)
      }
    }
  }

  private func lineBreak() {
    if content.last == 0x20 { content.removeLast() }
    if !content.isEmpty { content.append(0x0A) }
  }

  /// Ends the block that is being collected.
  func flush() {
    defer {
      kind = preformatted > 0 ? .code : .paragraph
      content.removeAll(keepingCapacity: true)
      marker = ""
      linkBytes = 0
    }
    let words = Self.withoutHardSpaces(content)
    guard !words[...].isBlank else { return }
    // Inside a table cell the words belong to the cell.
    if let table = tables.last, table.isInCell {
      tables[tables.count - 1].append(words, from: blockStart, to: position)
      return
    }
    keptBytes += words.count
    if case .heading(1) = kind, firstHeading.isEmpty {
      firstHeading = words[...].trimmingWhitespace().string
    }
    let end = max(blockStart, position)
    pieces.append(
      .words(kind, Array(marker.utf8) + words[...].trimmingWhitespace()),
      linkBytes: linkBytes,
      origin: text.origin(blockStart..<end)
    )
  }

  private func startItem() {
    flush()
    kind = .listItem
    if let last = lists.last, let number = last {
      marker = "\(number). "
      lists[lists.count - 1] = number < Int.max ? number + 1 : number
    } else {
      marker = "- "
    }
  }

  private static func withoutHardSpaces(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0xC2) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 {
        result.append(0x20)
        index += 2
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  // MARK: Tables

  private func startTablePart(_ name: String, _ attributes: [String: String]) {
    if name == "table" {
      flush()
      // A table around another one is there for the layout.
      if !tables.isEmpty { tables[tables.count - 1].isLayout = true }
      tables.append(HTMLTable())
      return
    }
    guard !tables.isEmpty else { return flush() }
    flush()
    tables[tables.count - 1].start(name, attributes, at: position)
  }

  private func endTablePart(_ name: String) {
    flush()
    guard !tables.isEmpty else { return }
    if name == "table" {
      let table = tables.removeLast()
      emit(table)
    } else {
      tables[tables.count - 1].end(name, at: position)
    }
  }

  private func emit(_ table: HTMLTable) {
    for part in table.parts {
      keptBytes += part.bytes
      let origin = text.origin(part.start..<max(part.start, part.end))
      switch part.content {
      case .words(let words):
        if let outer = tables.last, outer.isInCell {
          tables[tables.count - 1].append(words, from: part.start, to: part.end)
        } else {
          pieces.append(.words(.paragraph, words), linkBytes: 0, origin: origin)
        }
      case .row(let cells): pieces.append(.row(cells), linkBytes: 0, origin: origin)
      }
    }
  }

  // MARK: What is left out

  private func leavesOut(_ name: String, _ attributes: [String: String]) -> Bool {
    if HTMLElements.unread.contains(name) { return true }
    guard dropping != .nothing else { return false }
    switch name {
    case "nav", "aside": return true
    case "header", "footer": return articleDepth == 0
    case "form": return dropping == .all
    case "button", "select", "textarea", "datalist": return true
    default:
      let role = attributes["role"] ?? ""
      return ["navigation", "banner", "contentinfo", "search", "complementary"].contains(role)
        || attributes["aria-hidden"] == "true" || attributes["hidden"] != nil
    }
  }

  /// Facts from `<meta name=… content=…>`.
  private func note(_ attributes: [String: String]) {
    guard let name = attributes["name"] ?? attributes["property"],
      let value = attributes["content"], metadata.count < 50, value.utf8.count <= 1000
    else { return }
    let key = name.lowercased()
    guard HTMLElements.metadata.contains(key) else { return }
    metadata[key] = value.trimmed
  }
}

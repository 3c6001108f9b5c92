/// The pieces of text that a page's elements gave, and which of them are its main content.
///
/// What stands around the main content is told by the names that pages give it (`sidebar`, `cookie`)
/// and by long runs of short links outside it; but it is never most of the page.
struct HTMLPieces {
  enum Content {
    case words(Block.Kind, [UInt8])
    case row([DocumentBuilder.Cell])
  }

  private struct Piece {
    var content: Content
    var bytes: Int
    var linkBytes: Int
    var origin: Origin
  }

  /// An element that may be left out as a whole: which pieces it gave.
  private struct Region {
    var pieces: Range<Int>
    var depth: Int
    var isNamed: Bool
    var isInMain: Bool
  }

  private var pieces: [Piece] = []
  private var open: [Region] = []
  private var closed: [Region] = []
  private var mainDepth: Int?

  mutating func append(_ content: Content, linkBytes: Int, origin: Origin) {
    let bytes =
      switch content {
      case .words(_, let words): words.count { !$0.isWhitespace }
      case .row(let cells): cells.reduce(0) { $0 + $1.value.utf8.count }
      }
    pieces.append(
      Piece(content: content, bytes: bytes, linkBytes: min(linkBytes, bytes), origin: origin)
    )
  }

  /// Notes that an element begins.
  mutating func open(_ name: String, _ attributes: [String: String], depth: Int) {
    guard Self.containers.contains(name) else { return }
    let labels = (attributes["class"] ?? "") + " " + (attributes["id"] ?? "")
    if mainDepth == nil, name == "main" || name == "article" || attributes["role"] == "main" {
      mainDepth = depth
    }
    let isNamed = name != "main" && name != "article" && Self.isFurniture(labels)
    open.append(
      Region(
        pieces: pieces.count..<pieces.count,
        depth: depth,
        isNamed: isNamed,
        isInMain: mainDepth != nil
      )
    )
  }

  /// Notes that an element ends.
  mutating func close(depth: Int) {
    while let last = open.last, last.depth >= depth {
      open.removeLast()
      var region = last
      region.pieces = last.pieces.lowerBound..<pieces.count
      if !region.pieces.isEmpty { closed.append(region) }
    }
    if let main = mainDepth, main >= depth { mainDepth = nil }
  }

  /// Appends the main content to a document.
  func write(to builder: inout DocumentBuilder) {
    let isKept = kept()
    for (index, piece) in pieces.enumerated() where isKept[index] {
      switch piece.content {
      case .words(let kind, let words): builder.append(kind, words[...], origin: piece.origin)
      case .row(let cells): builder.appendRow(label: nil, cells: cells, origin: piece.origin)
      }
    }
  }

  private func kept() -> [Bool] {
    var result = [Bool](repeating: true, count: pieces.count)
    // Sums up to each piece, so that a region is weighed in constant time.
    var bytes = [0]
    var links = [0]
    var titles = [0]
    for piece in pieces {
      bytes.append((bytes.last ?? 0) + piece.bytes)
      links.append((links.last ?? 0) + piece.linkBytes)
      var isTitle = false
      if case .words(.heading(1), _) = piece.content { isTitle = true }
      titles.append((titles.last ?? 0) + (isTitle ? 1 : 0))
    }
    let total = bytes.last ?? 0
    var droppedEnd = 0
    // Outer regions first, so that none is weighed twice.
    let regions = closed.sorted {
      ($0.pieces.lowerBound, -$0.pieces.upperBound) < ($1.pieces.lowerBound, -$1.pieces.upperBound)
    }
    for region in regions where region.pieces.lowerBound >= droppedEnd {
      let (start, end) = (region.pieces.lowerBound, region.pieces.upperBound)
      let size = bytes[end] - bytes[start]
      let linked = links[end] - links[start]
      guard titles[end] == titles[start], size * 2 <= total else { continue }
      let isFurniture = region.isNamed && (size * 4 <= total || linked * 2 >= size)
      let isLinkRun =
        !region.isInMain && end - start >= 6 && linked * 10 >= size * 8
        && size <= (end - start) * 40
      guard isFurniture || isLinkRun else { continue }
      for index in start..<end { result[index] = false }
      droppedEnd = end
    }
    return result
  }

  private static let containers: Set<String> = [
    "div", "section", "ul", "ol", "dl", "table", "td", "main", "article", "p", "header", "footer",
    "form", "details", "dialog",
  ]

  /// Words by which pages call what is not their content.
  private static let furniture: Set<String> = [
    "nav", "navbar", "navbox", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs",
    "sidebar", "cookie", "cookies", "consent", "gdpr", "masthead", "pagination", "pager",
    "newsletter", "subscribe", "social", "share", "sharing", "related", "recommended",
    "recommendations", "advert", "advertisement", "advertising", "ads", "sponsored", "promo",
    "popup", "modal", "skip", "catlinks", "footer", "copyright", "backtotop",
  ]

  private static func isFurniture(_ labels: String) -> Bool {
    var word: [UInt8] = []
    var wasSmall = false
    func ends() -> Bool { furniture.contains(String(decoding: word, as: UTF8.self)) }
    for byte in labels.utf8.prefix(1000) {
      let isCapital = (0x41...0x5A).contains(byte)
      if !byte.isLetter || (isCapital && wasSmall) {
        if ends() { return true }
        word.removeAll(keepingCapacity: true)
      }
      if byte.isLetter { word.append(byte | 0x20) }
      wasSmall = byte.isLetter && !isCapital
    }
    return ends()
  }
}

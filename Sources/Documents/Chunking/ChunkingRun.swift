/// One document on its way into passages.
struct ChunkingRun {
  /// A stretch of text that stays whole, with its length in tokens.
  struct Unit {
    var range: Range<Int>
    var tokens: Int
    var origin: Origin
    /// Whether it announces what follows (`You need:`).
    var isOpening = false
    var fields: [Field] = []
  }

  let chunker: Chunker
  let document: ExtractedDocument
  let text: IndexedText
  private(set) var result: [Passage] = []
  /// The rows of the table that is being read.
  var table = TableRows()
  private var headings: [(level: Int, text: String)] = []
  /// The last heading, while nothing has come below it.
  private var bareHeading: Block?
  private var section: [Unit] = []
  private var sectionBudget = 0

  init(chunker: Chunker, document: ExtractedDocument) {
    self.chunker = chunker
    self.document = document
    text = IndexedText(document.text)
  }

  mutating func passages() -> [Passage] {
    sectionBudget = budget(headings: [])
    for block in document.blocks {
      if case .row(let fields) = block.kind {
        flushSection()
        bareHeading = nil
        if !table.takes(block, fields: fields) { flushTable() }
        table.append(block, fields: fields)
        row(block, fields: fields)
        continue
      }
      flushTable()
      switch block.kind {
      case .heading(let level): heading(block, level: level)
      case .row: break
      case .paragraph, .listItem, .code:
        bareHeading = nil
        section += units(of: block, budget: sectionBudget)
      }
    }
    flushSection()
    flushTable()
    emitBareHeading()
    return result
  }

  // MARK: Headings

  /// The headings less the outer ones, where they would take half of the room.
  func fitting(_ headings: [String]) -> [String] {
    var kept = headings[...]
    while !kept.isEmpty {
      let prefix = contextPrefix(title: document.title, headings: Array(kept))
      if chunker.countTokens(prefix) * 2 <= chunker.maximumTokens { break }
      kept.removeFirst()
    }
    return Array(kept)
  }

  /// The headings above the present place, without the document's title.
  private var path: [String] {
    var path = headings.map(\.text)
    if path.first == document.title { path.removeFirst() }
    return fitting(path)
  }

  private mutating func heading(_ block: Block, level: Int) {
    flushSection()
    if case .heading(let bare)? = bareHeading?.kind, bare >= level { emitBareHeading() }
    while let last = headings.last, last.level >= level { headings.removeLast() }
    headings.append((level, text.slice(block.characters) ?? ""))
    bareHeading = block
    sectionBudget = budget(headings: path)
  }

  /// A heading with nothing below it is a passage, so that its words can be found.
  private mutating func emitBareHeading() {
    guard let block = bareHeading else { return }
    bareHeading = nil
    let above = path
    if above.isEmpty, !result.isEmpty { return }
    let parents = Array(above.dropLast())
    let units = units(of: block, budget: budget(headings: parents))
    emit(units, headings: parents)
  }

  /// The headings above a row.
  var rowHeadings: [String] { path }

  /// How many tokens the prefix leaves for text.
  func budget(headings: [String]) -> Int {
    let prefix = contextPrefix(title: document.title, headings: headings)
    let room = chunker.maximumTokens - chunker.countTokens(prefix)
    return max(room, max(1, chunker.maximumTokens / 4))
  }

  // MARK: Packing

  private mutating func flushSection() {
    guard !section.isEmpty else { return }
    let units = section
    section = []
    let target = min(chunker.targetTokens, sectionBudget)
    var groups: [(units: [Unit], tokens: Int)] = []
    for unit in units {
      if let last = groups.last, let previous = last.units.last {
        let sum = last.tokens + unit.tokens
        let isOpen = last.tokens * 2 < target || (previous.isOpening && last.units.count == 1)
        if sum <= target || (isOpen && sum <= sectionBudget) {
          groups[groups.count - 1].units.append(unit)
          groups[groups.count - 1].tokens = sum
          continue
        }
        // A line that announces this unit goes with it.
        if previous.isOpening, last.units.count > 1, previous.tokens + unit.tokens <= sectionBudget
        {
          groups[groups.count - 1].units.removeLast()
          groups[groups.count - 1].tokens -= previous.tokens
          groups.append(([previous, unit], previous.tokens + unit.tokens))
          continue
        }
      }
      groups.append(([unit], unit.tokens))
    }
    // A remnant too short to mean anything alone joins its neighbour.
    if groups.count > 1, let last = groups.last, last.tokens * 4 < target,
      groups[groups.count - 2].tokens + last.tokens <= sectionBudget
    {
      groups.removeLast()
      groups[groups.count - 1].units += last.units
    }
    let headings = path
    for group in groups { emit(group.units, headings: headings) }
  }

  /// Makes one passage of the units, whatever its length.
  func passage(of units: [Unit], headings: [String]) -> Passage? {
    guard let first = units.first, let last = units.last else { return nil }
    let range = first.range.lowerBound..<last.range.upperBound
    return Passage(
      ordinal: result.count,
      headings: headings,
      text: text.slice(range) ?? "",
      location: Location(characters: range, origin: .joining(units.map(\.origin))),
      fields: units.flatMap(\.fields)
    )
  }

  /// Keeps a passage that fits.
  @discardableResult
  mutating func keep(_ passage: Passage) -> Bool {
    let length = chunker.countTokens(passage.embeddingText(title: document.title))
    if length <= chunker.maximumTokens { result.append(passage) }
    return length <= chunker.maximumTokens
  }

  /// Makes a passage of the units, or several where they turn out longer than their sum.
  mutating func emit(_ units: [Unit], headings: [String]) {
    guard let first = units.first, let passage = passage(of: units, headings: headings) else {
      return
    }
    if keep(passage) { return }
    if units.count > 1 {
      emit(Array(units[..<(units.count / 2)]), headings: headings)
      emit(Array(units[(units.count / 2)...]), headings: headings)
    } else {
      let parts = words(of: first, budget: max(1, first.tokens / 2))
      guard parts.count > 1 else {
        result.append(passage)
        return
      }
      for part in parts { emit([part], headings: headings) }
    }
  }
}

/// A comparison for a terminal: the arms with their figures, the verdicts, the remarks.
public struct ComparisonTable: Hashable, Sendable {
  public var report: ComparisonReport

  /// Lines are no longer than this, in columns of a terminal.
  public static let width = 100

  public init(_ report: ComparisonReport) { self.report = report }

  /// The whole text; ends with a line break.
  public func terminal() -> String {
    var parts = [Self.wrapped(ComparisonHeadline(report: report).sentence)]
    if !report.arms.isEmpty { parts.append(table()) }
    if !report.pairs.isEmpty {
      parts.append("Verdicts\n" + Self.listed(report.pairs.map(\.sentence)))
    }
    if !report.remarks.isEmpty { parts.append("Remarks\n" + Self.listed(report.remarks)) }
    return parts.joined(separator: "\n")
  }

  /// A column of the table and what it says of an arm; nil where an arm has no such figure.
  private struct Figure {
    var title: String
    var meaning: String?
    var value: (ArmReport) -> String?
  }

  private var figures: [Figure] {
    func share(_ measure: Measure) -> (ArmReport) -> String? {
      { arm in arm.measure(measure).map { FigureText.percent($0.mean) } }
    }
    return [
      Figure(
        title: "right",
        meaning: """
          right: holds an accepted answer, or abstains where the data have none, with its interval \
          over documents.
          """
      ) { arm in arm.measure(.right).map(FigureText.share) },
      Figure(title: "known") { arm in arm.known.map { FigureText.percent($0.mean) } },
      Figure(title: "new") { arm in arm.new.map { FigureText.percent($0.mean) } },
      Figure(title: "F1", value: share(.f1)),
      Figure(
        title: "abstains",
        meaning: "abstains: of the questions without an answer.",
        value: share(.abstainedRightly)
      ),
      Figure(
        title: "cites",
        meaning: "cites: citations that hold the answer.",
        value: share(.citationPrecision)
      ),
      Figure(title: "median") { arm in FigureText.milliseconds(arm.cost.medianMilliseconds) },
      Figure(title: "training") { arm in
        let seconds = arm.cost.resources.trainingSeconds
        return seconds > 0 ? FigureText.seconds(seconds) : nil
      },
      Figure(title: costTitle) { arm in
        arm.cost.rightAnswer.map { FigureText.money($0) }
      },
    ]
  }

  private var costTitle: String {
    let currency = report.arms.lazy.compactMap(\.cost.currency).first
    return (currency.map { "\(PageText.cut($0, to: 3))" } ?? "cost") + "/right"
  }

  /// The arms as rows. A name gives way where the figures take the width.
  private func table() -> String {
    let shown = figures.filter { figure in report.arms.contains { figure.value($0) != nil } }
    let columns = [TextTable.Column("arm")] + shown.map { TextTable.Column($0.title, .trailing) }
    let cells = report.arms.map { arm in shown.map { $0.value(arm) ?? FigureText.none } }
    let taken = shown.indices.reduce(0) { sum, column in
      sum + 2
        + cells.reduce(DisplayText.width(shown[column].title)) {
          max($0, DisplayText.width($1[column]))
        }
    }
    let room = max(8, Self.width - taken)
    let rows = zip(report.arms, cells).map { arm, cells in
      [Self.shortened(arm.arm.title, to: room)] + cells
    }
    return TextTable(columns: columns, rows: rows).terminal() + legend(shown)
  }

  /// What the titles of the columns mean that are there.
  private func legend(_ shown: [Figure]) -> String {
    let meanings = shown.compactMap(\.meaning)
    return meanings.isEmpty ? "" : Self.wrapped(meanings.joined(separator: " "))
  }

  private static func shortened(_ name: String, to room: Int) -> String {
    let name = DisplayText.neutralized(name)
    guard DisplayText.width(name) > room else { return name }
    var short = ""
    for character in name {
      guard DisplayText.width(short) + DisplayText.width(String(character)) < room else { break }
      short.append(character)
    }
    return short + "…"
  }

  private static func listed(_ sentences: [String]) -> String {
    sentences.map { wrapped($0, first: "- ", rest: "  ") }.joined()
  }

  /// The text made harmless and broken between words; a word that is longer than a line is broken too.
  static func wrapped(_ text: String, first: String = "", rest: String = "") -> String {
    var lines: [String] = []
    var line = first
    var isFresh = true
    func feed() {
      lines.append(line)
      line = rest
      isFresh = true
    }
    for word in DisplayText.neutralized(text).split(separator: " ") {
      let blank = isFresh ? "" : " "
      if DisplayText.width(line + blank) + DisplayText.width(String(word)) <= width {
        line += blank + word
        isFresh = false
        continue
      }
      if !isFresh { feed() }
      for character in word {
        if DisplayText.width(line) + DisplayText.width(String(character)) > width { feed() }
        line.append(character)
        isFresh = false
      }
    }
    lines.append(line)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ComparisonPage {
  /// How often each arm was right, with intervals, and all other measures.
  var qualitySection: Section? {
    let right = arms { $0.measure(.right) }
    guard !right.isEmpty else { return nil }
    let title = "Share of questions answered rightly, with intervals over documents"
    let plot = RowPlot(
      id: "quality-plot",
      title: title,
      groups: right.map { arm, share in
        .init(
          arm: arm,
          rows: [
            .init(
              name: "",
              label: FigureText.share(share),
              mark: .whisker(share, isHollow: false)
            )
          ]
        )
      }
    )
    let measures = Measure.allCases.filter { measure in
      report.arms.contains { $0.measure(measure) != nil }
    }
    let hasPerplexity = report.arms.contains { $0.perplexity != nil }
    var rows = measures.map { measure in
      [PageText.escaped(measure.title)] + arms.map { FigureText.share($0.report.measure(measure)) }
    }
    if hasPerplexity {
      rows.append(
        ["Perplexity of accepted answers"]
          + arms.map { $0.report.perplexity.map(FigureText.short) ?? FigureText.none }
      )
    }
    let table = PageTable(
      caption: "All measures, with intervals over documents",
      columns: [.init("Measure", isFigure: false)] + arms.map { .init($0.heading) },
      rows: rows
    )
    return Section(
      "quality",
      "Quality",
      "<div class=\"grid\">\n" + Self.figure("Right answers", plot.svg())
        + "\n<div class=\"prose\">\(shown)</div>\n</div>\n"
        + table.html()
        + "\n<p class=\"soft\">Higher is better, but for wrong abstentions and perplexity. "
        + "A measure is given over the questions that have it.</p>"
    )
  }

  /// The verdicts in sentences.
  private var shown: String {
    report.pairs.isEmpty
      ? "" : "<h3>What was shown</h3>\n" + Self.list(report.pairs.map(\.sentence))
  }

  /// The arms on facts that are trained in other words, and on facts that are not.
  var knownSection: Section? {
    let groups = arms.compactMap { arm -> RowPlot.Group? in
      let rows = [("known", arm.report.known, false), ("new", arm.report.new, true)].compactMap {
        name,
        share,
        isHollow in
        share.map {
          RowPlot.Row(
            name: name,
            label: FigureText.share($0),
            mark: .whisker($0, isHollow: isHollow)
          )
        }
      }
      return rows.isEmpty ? nil : .init(arm: arm, rows: rows)
    }
    guard !groups.isEmpty else { return nil }
    let title = "Right answers on known and on new facts"
    let plot = RowPlot(id: "known-plot", title: title, groups: groups)
    let table = PageTable(
      caption: title,
      columns: [.init("Arm", isFigure: false), .init("Known facts"), .init("New facts")],
      rows: arms.map {
        [$0.label, FigureText.share($0.report.known), FigureText.share($0.report.new)]
      }
    )
    let note =
      "<p class=\"soft\">A known fact was in the training data in other words. A new fact was "
      + "not: without documents, an arm can only guess it.</p>"
    return Section(
      "known",
      "Known and new facts",
      "<div class=\"grid\">\n"
        + Self.figure("Known (filled) and new (hollow)", plot.svg(), table.folded())
        + "\n<div class=\"prose\">\(note)</div>\n</div>"
    )
  }

  /// The arms by kind of question.
  var kindsSection: Section? {
    guard !report.kinds.isEmpty else { return nil }
    let table = PageTable(
      caption: "Right answers by kind of question",
      hidesCaption: true,
      columns: [.init("Kind", isFigure: false), .init("Questions")]
        + arms.map { .init($0.heading) },
      rows: report.kinds.map { kind in
        [Self.kindName(kind.kind), FigureText.count(kind.questions)]
          + arms.map { FigureText.share(kind.right[$0.id]) }
      }
    )
    let verdicts = report.kinds.filter { !$0.pairs.isEmpty }.map { kind in
      "<h3>\(Self.kindName(kind.kind))</h3>\n" + Self.list(kind.pairs.map(\.sentence))
    }
    let few = report.kinds.filter { $0.pairs.isEmpty }.map { Self.kindName($0.kind) }
    let note =
      few.isEmpty
      ? ""
      : "<p class=\"soft\">Too few questions for a verdict of their own: "
        + "\(few.joined(separator: ", ")).</p>"
    return Section(
      "kinds",
      "Kinds of question",
      table.html() + "\n<div class=\"prose\">\(verdicts.joined(separator: "\n"))\(note)</div>"
    )
  }

  /// A kind of question as markup.
  static func kindName(_ kind: String) -> String { "<bdi>\(kindText(kind))</bdi>" }

  /// A kind of question without the underscores of files, escaped.
  static func kindText(_ kind: String) -> String {
    PageText.escaped(PageText.cut(kind, to: 60).replacing("_", with: " "))
  }

  /// Every pair of arms with its test.
  var pairsSection: Section? {
    guard !report.pairs.isEmpty else { return nil }
    let table = PageTable(
      caption: "Every pair of arms, on right answers",
      hidesCaption: true,
      columns: [
        .init("First and second", isFigure: false), .init("Verdict", isFigure: false),
        .init("First − second (points)"), .init("Interval"), .init("p corrected"), .init("p"),
        .init("McNemar p"), .init("Smallest shown"), .init("More needed"),
      ],
      rows: report.pairs.map(row)
    )
    let note = """
      <p class="soft">p: sign-flip permutation test over documents. Verdicts rest on p corrected by \
      Holm over all pairs, at 0.05. McNemar’s p is description: it takes no account of documents. \
      Smallest shown: the difference that these questions would show with 80% power.</p>
      """
    return Section("pairs", "Pairs of arms", table.html() + "\n" + note)
  }

  private func row(_ pair: PairReport) -> [String] {
    let verdict =
      switch pair.verdict {
      case .firstBetter: "\(label(of: pair.first)) better"
      case .secondBetter: "\(label(of: pair.second)) better"
      case .notDistinguishable: "not distinguishable"
      }
    let more = [
      pair.questionsMore.map { FigureText.count($0, "question") },
      pair.documentsMore.map { "over \(FigureText.count($0, "document"))" },
    ].compactMap { $0 }
    return [
      "\(label(of: pair.first))<br/>\(label(of: pair.second))",
      verdict + (pair.isForThisAdapter ? "<br/><small>for this adapter</small>" : ""),
      FigureText.points(pair.difference.mean),
      "\(FigureText.points(pair.difference.lower)) to \(FigureText.points(pair.difference.upper))",
      PageText.escaped(FigureText.pValue(pair.correctedPValue)),
      PageText.escaped(FigureText.pValue(pair.pValue)),
      PageText.escaped(FigureText.pValue(pair.mcNemarPValue)),
      FigureText.points(pair.minimalDetectableDifference).replacing("+", with: ""),
      more.isEmpty ? FigureText.none : more.joined(separator: "<br/>"),
    ]
  }
}

extension Measure {
  /// What a person calls it.
  var title: String {
    switch self {
    case .right: "Right"
    case .exact: "Exact match"
    case .f1: "F1 over words"
    case .rougeL: "ROUGE-L"
    case .abstainedRightly: "Abstains rightly"
    case .abstainedWrongly: "Abstains wrongly"
    case .citationPrecision: "Citations right"
    case .citationRecall: "Places cited"
    case .supported: "Supported by its sources"
    case .terminology: "Company terms used"
    case .stability: "Same answer to all wordings"
    }
  }
}

extension DatasetCheck {
  /// How many findings of one kind the page lists; the rest is counted.
  private static let listed = 50
  /// How many examples of one finding are named.
  private static let named = 12

  /// The report as one HTML page that asks for nothing from elsewhere: style and plots are in it, and
  /// there is no script. It follows the reader's light or dark setting, fits a phone, and prints.
  public func html(title: String = "Dataset check") -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(PageStyle.css)
    </style>
    </head>
    <body>
    <main>
    <h1>\(HTMLText.escaped(title))</h1>
    \(summary)
    \(plots)
    \(listings)
    </main>
    </body>
    </html>

    """
  }

  private var summary: String {
    let counts = Finding.Severity.allCases.map { severity in
      (severity, findings.count { $0.severity == severity })
    }
    let chips = counts.filter { $0.1 > 0 }.map { severity, count in
      "<span class=\"chip \(severity.rawValue)\">\(HTMLText.count(count)) "
        + "\(severity.rawValue)\(count == 1 ? "" : "s")</span>"
    }
    let verdict =
      isWorthless
      ? "<div class=\"verdict error\"><strong>Training on this data would be worthless.</strong><ul>"
        + worthlessReasons.map { "<li>\(HTMLText.escaped($0))</li>" }.joined() + "</ul></div>"
      : "<div class=\"verdict \(counts[0].1 > 0 ? "warning" : "good")\"><strong>"
        + (counts[0].1 > 0
          ? "It can be trained on, with errors to mend first." : "Ready to train on.")
        + "</strong></div>"
    return """
      <section class="top">
      <p class="score"><span>\(HTMLText.number(score.total))</span> of 100</p>
      <div>\(verdict)<p>\(HTMLText.count(exampleCount)) examples \(chips.joined(separator: " "))</p></div>
      </section>
      """
  }

  private var plots: String {
    let parts = BarPlot(
      title: "Parts of the score",
      bars: score.parts.map {
        .init(
          name: $0.name,
          value: $0.points,
          label: "\(HTMLText.number($0.points)) / \(HTMLText.number($0.maximum))",
          maximum: $0.maximum
        )
      }
    )
    let kinds = Finding.Kind.allCases.compactMap { kind -> BarPlot.Bar? in
      let all = self.findings(of: kind)
      guard let gravest = all.map(\.severity).min() else { return nil }
      return .init(
        name: kind.title,
        value: Double(all.count),
        label: HTMLText.count(all.count),
        style: gravest.rawValue
      )
    }
    let splitBars = splits.map { split in
      BarPlot.Bar(
        name: split.split?.rawValue ?? "no split",
        value: Double(split.examples),
        label: HTMLText.count(split.examples)
      )
    }
    let languageBars = languages.prefix(10).map { language in
      BarPlot.Bar(
        name: language.language == "und" ? "not clear" : language.language,
        value: Double(language.examples),
        label: HTMLText.percent(Double(language.examples) / Double(max(1, exampleCount)))
      )
    }
    let explanations = score.parts.map {
      "<dt>\(HTMLText.escaped($0.name))</dt><dd>\(HTMLText.escaped($0.explanation))</dd>"
    }
    return """
      <div class="grid">
      <figure><figcaption>Score</figcaption>\(parts.svg())
      <details><summary>How points are given</summary><dl>\(explanations.joined())</dl></details></figure>
      <figure><figcaption>Findings by kind</figcaption>\
      \(kinds.isEmpty ? "<p>None.</p>" : BarPlot(title: "Findings by kind", bars: kinds).svg())</figure>
      <figure><figcaption>Lengths</figcaption>\(LengthPlot(lengths: lengths).svg())\(lengthFacts)</figure>
      <figure><figcaption>Splits</figcaption>\
      \(BarPlot(title: "Examples by split", bars: splitBars).svg())
      <figcaption>Languages</figcaption>\
      \(BarPlot(title: "Examples by language", bars: languageBars).svg())\(dominanceFacts)</figure>
      </div>
      """
  }

  private var lengthFacts: String {
    let unit = lengths.unit.rawValue
    var facts =
      "<p>Half have at most \(HTMLText.count(lengths.median)) \(unit), 90% at most "
      + "\(HTMLText.count(lengths.p90)), 99% at most \(HTMLText.count(lengths.p99)); the longest has "
      + "\(HTMLText.count(lengths.maximum)).</p>"
    if let learnt = lengths.learnt {
      facts +=
        "<p>\(HTMLText.count(learnt)) of \(HTMLText.count(lengths.total)) \(unit) are learnt. "
        + "\(HTMLText.count(lengths.lostTokens)) tokens of \(HTMLText.count(lengths.examplesBeyondLimit)) "
        + "examples are beyond the limit, \(HTMLText.count(lengths.lostLearntTokens)) of them "
        + "learnt.</p>"
    }
    return facts
  }

  private var dominanceFacts: String {
    [("answer", topAnswer), ("document", topDocument)].compactMap { what, top in
      top.map {
        "<p>Most frequent \(what): “\(HTMLText.escaped($0.value))”, "
          + "\(HTMLText.count($0.examples))× (\(HTMLText.percent($0.share))).</p>"
      }
    }.joined()
  }

  private var listings: String {
    guard !findings.isEmpty else { return "<p>Nothing was found that would spoil training.</p>" }
    let kinds = Set(findings.map(\.kind))
    let ordered = Finding.Kind.allCases.filter(kinds.contains)
    return ordered.map { kind in
      let all = findings(of: kind)
      let rows = all.prefix(Self.listed).map(Self.row)
      let rest =
        all.count > Self.listed
        ? "<p class=\"more\">and \(HTMLText.count(all.count - Self.listed)) more</p>" : ""
      let remedy = HTMLText.escaped(all.first?.remedy ?? "")
      return """
        <details class="findings"\(all.contains { $0.severity != .note } ? " open" : "")>
        <summary><h2>\(kind.title) <small>\(HTMLText.count(all.count))</small></h2></summary>
        <p class="remedy">\(remedy)</p>
        <ul>
        \(rows.joined(separator: "\n"))
        </ul>\(rest)
        </details>
        """
    }.joined(separator: "\n")
  }

  private static func row(_ finding: Finding) -> String {
    let names = finding.names.prefix(named).map { "<code>\(HTMLText.escaped($0))</code>" }
    let more = finding.names.count > named ? " +\(finding.names.count - named)" : ""
    let excerpt =
      finding.excerpt.isEmpty ? "" : "<blockquote>\(HTMLText.escaped(finding.excerpt))</blockquote>"
    return """
      <li class="\(finding.severity.rawValue)"><p><span class="chip \(finding.severity.rawValue)">\
      \(finding.severity.rawValue)</span> \(names.joined(separator: " "))\(more) \
      \(HTMLText.escaped(finding.message))</p>\(excerpt)</li>
      """
  }
}

/// A comparison as one page that needs nothing but itself.
///
/// Everything that comes from data is escaped. The page loads nothing: its policy forbids it, and no
/// link leads out of it. It is well-formed XML too, so that it can be checked.
struct ComparisonPage {
  /// A part of the page with a heading of its own.
  struct Section {
    /// Unique in the page; the list of contents leads to it.
    var id: String
    var title: String
    /// Markup.
    var body: String

    init(_ id: String, _ title: String, _ body: String) {
      self.id = id
      self.title = title
      self.body = body
    }
  }

  var report: ComparisonReport
  var advice: AdviceSection?
  /// In the report's order.
  let arms: [ReportArm]

  init(report: ComparisonReport, advice: AdviceSection?) {
    self.report = report
    self.advice = advice
    arms = report.arms.enumerated().map { ReportArm($1, index: $0) }
  }

  func html() -> String {
    let sections = [
      adviceSection, summarySection, remarksSection, qualitySection, costSection, knownSection,
      kindsSection, freshnessSection, learningSection, transparencySection, pairsSection,
      dataSection, questionsSection, methodSection,
    ].compactMap { $0 }
    let title = PageText.escaped(report.name)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta name="referrer" content="no-referrer"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; script-src '\(ComparisonScript.digest)'; img-src data:; base-uri 'none'; \
      form-action 'none'"/>
      <title>\(title) – comparison</title>
      <style>
      \(ComparisonStyle.css)
      </style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the content</a>
      <header>
      <p class="soft">Comparison · \(PageText.escaped(created))</p>
      <h1>\(title)</h1>
      \(headline)
      <p class="soft">\(scope)</p>
      \(Self.contents(sections))
      </header>
      <main id="content" tabindex="-1">
      \(sections.map(Self.markup).joined(separator: "\n"))
      </main>
      <script>
      \(ComparisonScript.text)
      </script>
      </body>
      </html>

      """
  }

  /// An arm's letter and title as markup; its identifier where the report does not hold the arm.
  func label(of id: String) -> String {
    arm(id)?.label ?? "<bdi>\(PageText.escaped(id))</bdi>"
  }

  func arm(_ id: String) -> ReportArm? { arms.first { $0.id == id } }

  /// Arms that have a figure, each with it.
  func arms<Value>(with figure: (ArmReport) -> Value?) -> [(arm: ReportArm, value: Value)] {
    arms.compactMap { arm in figure(arm.report).map { (arm, $0) } }
  }

  /// The money of all figures; cut, for it stands over narrow columns.
  var currency: String? {
    report.arms.lazy.compactMap(\.cost.currency).first.map { PageText.cut($0, to: 8) }
  }

  /// The currency as it follows the name of a figure.
  var inCurrency: String { currency.map { " (\($0))" } ?? "" }

  /// Sentences as a list.
  static func list(_ sentences: [String]) -> String {
    let items = sentences.map { "<li dir=\"auto\">\(PageText.escaped($0))</li>" }
    return "<ul>\n\(items.joined(separator: "\n"))\n</ul>"
  }

  /// A drawing with what stands under it.
  static func figure(_ caption: String, _ parts: String...) -> String {
    "<figure><figcaption>\(PageText.escaped(caption))</figcaption>\n"
      + parts.joined(separator: "\n") + "\n</figure>"
  }

  private var headline: String {
    let found = ComparisonHeadline(report: report).sentence
    guard let advice else {
      return "<p class=\"headline\" dir=\"auto\">\(PageText.escaped(found))</p>"
    }
    return """
      <p class="headline" dir="auto">\(PageText.escaped(advice.headline))</p>
      <p dir="auto">\(PageText.escaped(found))</p>
      """
  }

  /// `2026-11-23 17:40 UTC` of `2026-11-23T17:40:12Z`; any other text as it is.
  private var created: String {
    let text = report.created
    guard text.utf8.count >= 20, text.hasSuffix("Z"), let time = text.firstIndex(of: "T"),
      text.distance(from: text.startIndex, to: time) == 10
    else { return text }
    return "\(text[..<time]) \(text[time...].dropFirst().prefix(5)) UTC"
  }

  private var scope: String {
    let data = report.data
    return "\(FigureText.count(data.questions, "question")) about "
      + "\(FigureText.count(data.clusters, "document")) · "
      + "\(FigureText.count(report.arms.count, "arm"))"
      + (data.excluded.isEmpty
        ? "" : " · \(FigureText.count(data.excluded.count, "question")) left out")
  }

  private static func contents(_ sections: [Section]) -> String {
    let links = sections.map { "<a href=\"#\($0.id)\">\(PageText.escaped($0.title))</a>" }
    return "<nav aria-label=\"Contents\">\(links.joined(separator: "\n"))</nav>"
  }

  private static func markup(_ section: Section) -> String {
    """
    <section id="\(section.id)" aria-labelledby="\(section.id)-heading">
    <h2 id="\(section.id)-heading">\(PageText.escaped(section.title))</h2>
    \(section.body)
    </section>
    """
  }
}

extension ComparisonReport {
  /// The report as one HTML page that loads nothing: for the screen (light, dark, narrow) and for
  /// paper. Parts that were not measured are left out.
  ///
  /// Long texts are cut so that the page of a thousand questions stays below six megabytes.
  ///
  /// - Parameter advice: What to do, shown above the figures; nil leaves it out.
  /// - Returns: The page's text. The same report gives the same text.
  public func html(advice: AdviceSection? = nil) -> String {
    ComparisonPage(report: self, advice: advice).html()
  }
}

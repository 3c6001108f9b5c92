import Evaluation
import Foundation
import Testing

@Suite struct ComparisonPageTests {
  private let fixture = ComparisonPageFixture()

  private func parsed(
    _ report: ComparisonReport,
    advice: AdviceSection? = nil
  ) throws -> ComparisonPageParser {
    try #require(ComparisonPageParser(report.html(advice: advice)), "not well-formed")
  }

  @Test func textFromDataChangesNothingButText() throws {
    let hostile = ComparisonPageFixture(text: ComparisonPageFixture.hostile)
    // Of the same length, so that nothing is cut at another place.
    let text =
      "–" + String(repeating: "x", count: ComparisonPageFixture.hostile.unicodeScalars.count)
    let harmless = ComparisonPageFixture(text: String(text.dropLast()))
    let page = hostile.report.html(advice: hostile.advice)
    let read = try parsed(hostile.report, advice: hostile.advice)
    let expected = try parsed(harmless.report, advice: harmless.advice)

    #expect(read.elements.map(\.name) == expected.elements.map(\.name))
    #expect(
      read.elements.map { $0.attributes.keys.sorted() }
        == expected.elements.map { $0.attributes.keys.sorted() }
    )
    #expect(read.all("script").count == 1)
    #expect(!read.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } })
    let headings = read.all("h1").map(\.text)
    #expect(headings.first?.contains("<script>alert(1)</script>\" onload=\"x' </details>") == true)
    for scalar: Unicode.Scalar in ["\u{202E}", "\u{0}", "\u{1B}", "\u{FFFE}"] {
      #expect(!page.unicodeScalars.contains(scalar))
    }
  }

  @Test func aPageNeedsNothingButItself() throws {
    let page = fixture.report.html(advice: fixture.advice)
    let read = try parsed(fixture.report, advice: fixture.advice)
    let loading: Set = ["src", "srcset", "action", "data", "poster", "background", "ping"]
    for element in read.elements {
      #expect(loading.isDisjoint(with: element.attributes.keys), "\(element)")
      if let target = element.attributes["href"] { #expect(target.hasPrefix("#"), "\(target)") }
    }
    for name in ["link", "img", "iframe", "object", "embed", "base", "audio", "video", "use"] {
      #expect(read.all(name).isEmpty, "\(name)")
    }
    #expect(!page.contains("url(") && !page.contains("@import"))
    // An address in a quote is text.
    #expect(read.all("q").allSatisfy { $0.text.contains("https://example.com/terms") })
    #expect(page.components(separatedBy: "://example.com").count == 1 + read.all("q").count)
    let policy = read.all("meta").first {
      $0.attributes["http-equiv"] == "Content-Security-Policy"
    }
    #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none';") == true)
  }

  @Test func thePolicyAllowsThePagesScriptAlone() throws {
    // The example of FIPS 180-4.
    #expect(
      ComparisonPageDigest.sha256("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
    )
    let page = fixture.report.html()
    let start = try #require(page.range(of: "<script>"))
    let end = try #require(page.range(of: "</script>"))
    let digest = ComparisonPageDigest.sha256(String(page[start.upperBound..<end.lowerBound]))
    #expect(page.contains("script-src 'sha256-\(digest)'; "))
  }

  @Test func thePageHasTheSectionsThatItsDataHave() throws {
    let full = try parsed(fixture.report, advice: fixture.advice)
    let all = [
      "advice", "summary", "remarks", "quality", "cost", "known", "kinds", "freshness", "learning",
      "transparency", "pairs", "data", "questions", "method",
    ]
    #expect(full.all("section").compactMap { $0.attributes["id"] } == all)
    let bare = try parsed(fixture.bare)
    #expect(
      bare.all("section").compactMap { $0.attributes["id"] } == [
        "summary", "cost", "data", "method",
      ]
    )
    for page in [full, bare] {
      let ids = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(ids).count == ids.count)
      for link in page.all("a") {
        #expect(ids.contains(String((link.attributes["href"] ?? "").dropFirst())))
      }
    }
  }

  @Test func thePageCanBeHeardAndWorkedWithKeys() throws {
    let page = try parsed(fixture.report, advice: fixture.advice)
    #expect(page.all("html").first?.attributes["lang"] == "en")
    #expect(page.all("h1").count == 1)
    var level = 1
    for heading in page.elements where ["h1", "h2", "h3", "h4"].contains(heading.name) {
      let next = Int(heading.name.dropFirst()) ?? 0
      #expect(next <= level + 1, "\(heading.text)")
      level = next
    }
    #expect(page.all("caption").count == page.all("table").count)
    #expect(page.all("caption").allSatisfy { !$0.text.isEmpty })
    #expect(page.all("th").allSatisfy { $0.attributes["scope"] != nil })
    #expect(page.all(class: "scroll").allSatisfy { $0.attributes["tabindex"] == "0" })
    let drawings = page.all("svg")
    #expect(drawings.count == 11)
    for drawing in drawings where drawing.attributes["aria-hidden"] == nil {
      #expect(drawing.attributes["role"] == "img")
      #expect(drawing.attributes["aria-labelledby"] != nil)
    }
    #expect(page.all("title").count == drawings.count + 1)
    #expect(page.all("form").first?.attributes["hidden"] != nil, "shown by the script alone")
  }

  @Test func figuresStandInTablesAsInDrawings() throws {
    let page = try parsed(fixture.report, advice: fixture.advice)
    let cells = page.all("td").map(\.text)
    let drawn = page.all("text").map(\.text)
    for figure in ["80% (70–90)", "90%"] {
      #expect(cells.contains(figure) && drawn.contains(figure), "\(figure)")
    }
    for figure in ["180 ms", "4 min", "0.00040", "+30.0", "0.012", "14.0", "1\u{202F}840"] {
      #expect(cells.contains(figure), "\(figure)")
    }
    #expect(drawn.contains("break-even 0.15 a day") && drawn.contains("yours 1.5 a day"))
    #expect(cells.contains("310 questionsover 62 documents"))
  }

  @Test func theHeadlineSaysOnlyWhatWasShown() throws {
    let found = """
      Retrieval was right on 80% of 120 questions, 95% interval 70–90%. It was shown to be better \
      than Base. Against Fine-tuned, no difference was shown.
      """
    #expect(try parsed(fixture.report).all(class: "headline").map(\.text) == [found])
    let advised = try parsed(fixture.report, advice: fixture.advice)
    #expect(advised.all(class: "headline").map(\.text) == ["Use retrieval."])
    #expect(advised.all("p").contains { $0.text == found })
    var report = fixture.report
    report.pairs = report.pairs.filter { $0.verdict == .notDistinguishable }
    #expect(
      try parsed(report).all(class: "headline").first?.text
        .hasSuffix("No difference from Fine-tuned was shown.") == true
    )
    report.arms = []
    #expect(
      try parsed(report).all(class: "headline").first?.text
        == "No arm answered any question, so nothing can be concluded."
    )
  }

  @Test func everyQuestionShowsWhatAllArmsSaid() throws {
    let page = try parsed(fixture.report)
    let questions = page.all(class: "q")
    #expect(questions.map(\.name) == ["details", "details"])
    #expect(questions.compactMap { $0.attributes["data-r"] } == ["011", "00p"])
    let words = page.all(class: "reply").map(\.text)
    #expect(words.count == 6)
    #expect(words[0].contains("✗ wrong · failed") && words[0].contains("Timed out."))
    #expect(words[1].contains("✓ right") && words[1].contains("340 ms · confidence 70%"))
    #expect(words[1].contains("attune://docs/manual.md#L1") && words[1].contains("The notice is"))
    #expect(words[5].contains("◐ right with some seeds"))
    #expect(
      page.all(class: "marks").first?.text == "A\u{202F}✗ wrong B\u{202F}✓ right C\u{202F}✓ right"
    )
  }

  @Test func anAnswerIsNotShownTwiceAndALongOneIsCut() throws {
    var report = fixture.report
    report.questions[0].replies[0].answer.answer = "14 days"
    report.questions[0].replies[0].answer.shown = "14 days."
    report.questions[0].replies[1].answer.shown = String(repeating: "wörter ", count: 1_000)
    let replies = try parsed(report).all(class: "shown")
    #expect(replies.count == 5)
    #expect(replies[0].text.hasSuffix("…") && replies[0].text.count == 601)
  }

  @Test(arguments: [1_000, 20_000])
  func manyLongAnswersKeepThePageBelowSixMegabytes(questions: Int) throws {
    var report = fixture.report
    let long = String(repeating: "“täglich & nächtlich” ", count: 60)
    let question = ComparisonPageFixture(text: long).question("q", rights: [1, 0, 1])
    report.questions = Array(repeating: question, count: questions)
    let page = report.html()
    #expect(page.utf8.count < 6_000_000)
    let shown = page.components(separatedBy: "<details class=\"q\"").count - 1
    if questions == 1_000 {
      #expect(shown == 1_000)
    } else {
      #expect(shown > 1_000 && page.contains("more questions in report.json."))
    }
  }

  @Test func figuresThatCannotBeDrawnHarmNothing() throws {
    for value in [Double.nan, .infinity, -1, 0, 1e300, -1e300] {
      var report = fixture.report
      let share = MeasuredShare(
        mean: value,
        interval: Interval(lower: -value, upper: value, confidence: 0.95),
        questions: -1,
        clusters: Int.min
      )
      report.arms[0].measures["right"] = share
      report.arms[0].known = share
      report.arms[0].perplexity = value
      report.arms[0].cost.medianMilliseconds = value
      report.arms[0].cost.resources.trainingSeconds = value
      report.arms[0].cost.rightAnswer = value
      report.arms[0].transparency = .init(source: value, training: value, neither: value)
      report.arms[1] = report.arms[0]
      report.pairs[0].first = "unknown"
      report.pairs[0].pValue = value
      report.freshness?.breakEvenChangesPerDay = value
      report.freshness?.changesPerDay = value
      report.freshness?.answersPerDay = value
      report.freshness?.arms[0].arm = "unknown"
      report.freshness?.curve[0].changesPerDay = value
      report.freshness?.curve[1].secondsPerDay["tuned"] = value
      report.learning?.points[0].examples = Int.min
      report.learning?.points[1].right = share
      report.learning?.points[1].share = value
      report.questions[0].replies[0].answer.milliseconds = value
      var advice = fixture.advice
      advice.sensitivity = [("retrieval", value), ("unknown", value)]
      let page = try parsed(report, advice: advice)
      let drawn = page.elements.filter { ["line", "rect", "circle", "text"].contains($0.name) }
      for element in drawn {
        for attribute in element.attributes.values {
          #expect(!attribute.contains("nan") && !attribute.contains("inf"), "\(element)")
        }
      }
    }
  }

  @Test func theSameReportGivesTheSamePage() {
    #expect(
      fixture.report.html(advice: fixture.advice) == fixture.report.html(advice: fixture.advice)
    )
  }
}

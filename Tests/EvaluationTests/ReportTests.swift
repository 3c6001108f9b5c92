import Evaluation
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ReportTests {
  private let table = TextTable(
    columns: [.init("arm"), .init("nDCG@10", .trailing)],
    rows: [["dense", "0.71"], ["表 | <b>", "0.8"], ["short"]]
  )

  @Test func markdownIsAlignedAndHarmless() {
    #expect(
      table.markdown() == """
        | arm        | nDCG@10 |
        | ---------- | ------: |
        | dense      |    0.71 |
        | 表 \\| \\<b> |     0.8 |
        | short      |         |

        """
    )
  }

  @Test func terminalTablesAreAlignedAndCannotSteerTheTerminal() {
    let table = TextTable(
      columns: [.init("a"), .init("b", .trailing)],
      rows: [["x\u{1B}[31m\ny", "1"], ["é", "23"]]
    )
    let expected = """
      a          b
      ────────  ──
      x�[31m y   1
      é         23

      """
    #expect(table.terminal() == expected)
  }

  @Test func plotsAreValidXMLWithAxesAndLegend() throws {
    let curve = try RiskCoverageCurve([
      ScoredOutcome(confidence: 0.9, isCorrect: true),
      ScoredOutcome(confidence: 0.5, isCorrect: false),
    ])
    let plot = LinePlot(
      title: "Risk & <coverage>",
      curves: [("hybrid", curve), ("\"dense\"", curve)]
    )
    let svg = plot.svg()
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(svg.contains("Risk &amp; &lt;coverage&gt;"))
    #expect(svg.components(separatedBy: "<polyline").count == 3)
    for label in [">0.0<", ">0.5<", ">1.0<", ">hybrid<", "coverage (share"] {
      #expect(svg.contains(label), "\(label)")
    }
    #expect(plot.svg() == svg)
  }

  @Test(
    arguments: [
      [], [1.0], [0, 0], [-3, 8], [1e-9, 2e-9], [1e12, 5e12], [.nan, 1, .infinity, 2], [99.5, 100],
      [-1e308, 1e308], [1e-300], [1e308, 1e308],
    ] as [[Double]]
  )
  func plotsTakeAnyValues(values: [Double]) {
    let points = values.map { LinePlot.Point(x: $0, y: $0) }
    let svg = LinePlot(title: "t", xLabel: "x", yLabel: "y", series: [.init("s", points)]).svg()
    #expect(!svg.contains("nan") && !svg.contains("inf"))
    let ticks = svg.components(separatedBy: "text-anchor=\"end\"").count - 1
    #expect((2...9).contains(ticks), "\(ticks)")
    #expect(XMLParser(data: Data(svg.utf8)).parse())
  }
}

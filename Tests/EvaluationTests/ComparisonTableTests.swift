import Evaluation
import Testing

@Suite struct ComparisonTableTests {
  private let fixture = ComparisonPageFixture()

  @Test func armsVerdictsAndRemarks() {
    #expect(
      ComparisonTable(fixture.report).terminal() == """
        Retrieval was right on 80% of 120 questions, 95% interval 70–90%. It was shown to be better than
        Base. Against Fine-tuned, no difference was shown.

        arm               right  known  new   F1  cites  median  training  EUR/right
        ──────────  ───────────  ─────  ───  ───  ─────  ──────  ────────  ─────────
        Base        20% (10–30)    20%  10%  15%      –  180 ms         –    0.00040
        Retrieval   80% (70–90)    80%  70%  75%    86%  340 ms         –    0.00040
        Fine-tuned  50% (40–60)    50%  40%  45%      –  180 ms     4 min    0.00040
        right: holds an accepted answer, or abstains where the data have none, with its interval over
        documents. cites: citations that hold the answer.

        Verdicts
        - base and retrieval were compared.
        - base and tuned were compared.
        - retrieval and tuned were compared.

        Remarks
        - Too few documents.

        """
    )
  }

  @Test func columnsWithoutFiguresAreLeftOut() {
    let text = ComparisonTable(fixture.bare).terminal()
    #expect(text.contains("No arm answered any question"))
    #expect(text.contains("arm         median  training  EUR/right\n"))
    #expect(text.hasSuffix("\nFine-tuned  180 ms     4 min    0.00040\n"))
  }

  @Test(
    arguments: [
      ComparisonPageFixture.hostile, String(repeating: "表", count: 300),
      String(repeating: "a rather long name ", count: 20), "\n\n\u{9B}31m\r",
    ]
  )
  func noLineIsLongerThanATerminal(text: String) {
    let lines = ComparisonTable(ComparisonPageFixture(text: text).report).terminal()
      .split(separator: "\n")
    for line in lines {
      let wide = line.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
      #expect(line.unicodeScalars.count + wide <= ComparisonTable.width, "\(line)")
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9B })
      #expect(!line.contains("\u{202E}"))
    }
    #expect(lines.contains { $0.hasPrefix("Retri") })
  }
}

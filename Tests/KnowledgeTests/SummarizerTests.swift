import Documents
import Knowledge
import KnowledgeTestSupport
import Testing

@Suite struct SummarizerTests {
  private let embedder = WordEmbedder()

  private func sentences(_ texts: [String]) -> [SummarySentence] {
    texts.map { SummarySentence(text: $0, vector: embedder.vector(of: $0)) }
  }

  @Test func centralSentencesInTheirOrder() throws {
    let summary = try #require(
      Summarizer().summary(
        of: sentences([
          "The weather was fine on that day in May.",
          "The ferret sleeps long and eats meat.",
          "A ferret that sleeps and eats is a healthy ferret.",
          "Somebody else bought green paint yesterday.",
          "The ferret eats meat, sleeps and plays.",
        ])
      )
    )
    #expect(
      summary.text == """
        The ferret sleeps long and eats meat. A ferret that sleeps and eats is a healthy ferret. \
        The ferret eats meat, sleeps and plays.
        """
    )
    #expect(abs(cosine(summary.vector, summary.vector) - 1) < 1e-5)
  }

  @Test func nothingIsSaidTwice() throws {
    let twice = "The ferret sleeps for fourteen hours."
    let summary = try #require(
      Summarizer().summary(
        of: sentences([twice, twice, "Badgers dig dens with many rooms.", twice])
      )
    )
    #expect(summary.text == "\(twice) Badgers dig dens with many rooms.")
  }

  @Test func headingsAndRunOnListsAreLeftOutWhereSentencesRemain() throws {
    let long = (0..<100).map { "item\($0)" }.joined(separator: " ")
    let summary = try #require(
      Summarizer().summary(of: sentences(["Ferrets", long, "The ferret sleeps for many hours."]))
    )
    #expect(summary.text == "The ferret sleeps for many hours.")
    #expect(Summarizer().summary(of: sentences(["Ferrets"]))?.text == "Ferrets")
  }

  @Test func nothingToSumUp() {
    #expect(Summarizer().summary(of: []) == nil)
    #expect(
      Summarizer().summary(of: [SummarySentence(text: "Beyond the limit.", vector: [])]) == nil
    )
  }

  @Test func tables() {
    let table = TableDescription(
      name: "orders",
      columns: ["id", "customer", "freight"],
      primaryKey: ["id"],
      references: ["customer": "customers", "seller": "customers"],
      rowCount: 830
    )
    #expect(
      Summarizer().summary(of: table, title: "orders")
        == "Table orders with 830 rows. Columns: id, customer, freight. Refers to: customers."
    )
    let bare = TableDescription(name: "t", columns: [], rowCount: 0)
    #expect(Summarizer().summary(of: bare, title: "t") == "Table t with 0 rows.")
  }
}

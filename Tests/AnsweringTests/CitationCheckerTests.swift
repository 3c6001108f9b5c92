import Answering
import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import TestSupport
import Testing

/// No untrue citation passes, and every true one does.
@Suite struct CitationCheckerTests {
  private static let files = [
    "caf\u{E9}.md": """
    # Café

    Der Café schließt um 22 Uhr. Une crème brûlée coûte 9 €. Naïve Gäste zahlen mehr.

    ## Ae\u{301}rea

    Combining marks: e\u{301}te\u{301}, a\u{308}. 寿司 and 🦊🏽 too.
    """,
    "plain.txt": String(repeating: "The ferret sleeps, aaaa bbbb. The badger digs. ", count: 30),
    "rows.csv": "id,name,café\n1,Zoë,Ørsta\n2,Renée,Genève\n3,Bob,\n",
    "data.json": "[{\"name\": \"Åse\", \"city\": \"Tromsø\"}, {\"name\": \"Bo\", \"city\": \"Å\"}]",
    "gone.txt": "This text was here once.",
  ]

  private let knowledge: TestKnowledge
  private let passages: [StoredPassage]
  private let gone: Int64
  private let summary: Int64

  init() throws {
    knowledge = try TestKnowledge(Self.files)
    try knowledge.sync()
    gone = try #require(try knowledge.passages().first { $0.document.path == "gone.txt" }).id
    knowledge.source.remove("gone.txt")
    try knowledge.sync()
    passages = try knowledge.passages()
    let document = try #require(try knowledge.document("plain.txt"))
    summary = try #require(try knowledge.store.summary(ofDocument: document)).id
  }

  private func citation(_ random: inout SplitMix64) throws -> (Citation, StoredPassage) {
    let passage = try #require(passages.randomElement(using: &random))
    let count = passage.passage.text.unicodeScalars.count
    let start = Int.random(in: 0..<count, using: &random)
    let range = start..<Int.random(in: (start + 1)...count, using: &random)
    let citation = Citation(
      marker: 1,
      range: range,
      text: slice(passage.passage.text, range),
      passage: passage
    )
    return (citation, passage)
  }

  private func faults(_ citations: [Citation]) throws -> [CitationChecker.Fault?] {
    try CitationChecker(store: InterceptedStore(knowledge)).faults(of: citations)
  }

  @Test func trueCitationsPass() throws {
    #expect(Set(passages.map(\.document.path)).count == 4)
    var random = SplitMix64(seed: 7)
    let citations = try (0..<1000).map { _ in try citation(&random).0 }
    #expect(try faults(citations).allSatisfy { $0 == nil })
    let whole = passages.map { passage in
      Citation(
        marker: 1,
        range: 0..<passage.passage.text.unicodeScalars.count,
        text: passage.passage.text,
        passage: passage
      )
    }
    #expect(try faults(whole).allSatisfy { $0 == nil })
    #expect(try faults([]).isEmpty)
  }

  @Test func aColumnOfTheRowMayBeNamed() throws {
    let row = try #require(passages.first { $0.passage.text.contains("Renée") })
    let whole = 0..<row.passage.text.unicodeScalars.count
    let citation = Citation(
      marker: 1,
      range: whole,
      text: row.passage.text,
      passage: row,
      column: "name"
    )
    #expect(citation.url.hasSuffix("&column=name"))
    #expect(try faults([citation]) == [nil])
  }

  @Test func aThousandUntrueCitationsAreRefused() throws {
    var random = SplitMix64(seed: 11)
    var citations: [Citation] = []
    var kinds: [CitationMutation] = []
    while citations.count < 1000 {
      let (truth, passage) = try citation(&random)
      let kind = try #require(CitationMutation.allCases.randomElement(using: &random))
      let mutated = kind.applied(
        to: truth,
        of: passage,
        others: passages,
        gone: gone,
        summary: summary,
        using: &random
      )
      guard let mutated else { continue }
      citations.append(mutated)
      kinds.append(kind)
    }
    for (index, fault) in try faults(citations).enumerated() {
      #expect(fault != nil, "\(kinds[index]): \(citations[index])")
    }
    // Every kind of change took part.
    #expect(Set(kinds).count == CitationMutation.allCases.count)
  }

  @Test func theFaultSaysWhatIsWrong() throws {
    let passage = try #require(passages.first { $0.document.path == "plain.txt" })
    let truth = Citation(
      marker: 1,
      range: 4..<10,
      text: slice(passage.passage.text, 4..<10),
      passage: passage
    )
    #expect(truth.quote == "ferret")
    func fault(_ change: (inout Citation) -> Void) throws -> CitationChecker.Fault? {
      var citation = truth
      change(&citation)
      return try faults([citation])[0]
    }
    #expect(try fault { _ in } == nil)
    #expect(try fault { $0.passage = gone } == .passageGone)
    #expect(try fault { $0.passage = summary } == .passageGone)
    #expect(try fault { $0.document = "other.txt" } == .otherDocument)
    #expect(try fault { $0.quote = "" } == .emptyQuote)
    #expect(try fault { $0.quote = "badger" } == .otherText)
    #expect(try fault { $0.location.characters = 100_000..<100_006 } == .otherPlace)
    #expect(try fault { $0.location.characters = -6..<0 } == .otherPlace)
    #expect(try fault { $0.location.origin = .row(table: "t", key: "1") } == .otherPlace)
    #expect(try fault { $0.url = "attune://docs/plain.txt" } == .otherURL)
    #expect(try fault { $0.column = "name" } == .otherPlace)
  }

  @Test func lookalikesAreNotTheSame() throws {
    let passage = try #require(passages.first { $0.document.path.hasSuffix(".md") })
    let text = passage.passage.text
    var citation = Citation(
      marker: 1,
      range: 0..<text.unicodeScalars.count,
      text: text,
      passage: passage
    )
    citation.document = "cafe\u{301}.md"
    #expect(try faults([citation]) == [.otherDocument])
  }

  @Test func editedAndRemovedDocuments() throws {
    let citations = passages.map { passage in
      Citation(
        marker: 1,
        range: 0..<passage.passage.text.unicodeScalars.count,
        text: passage.passage.text,
        passage: passage
      )
    }
    for path in knowledge.source.paths {
      let text = try #require(knowledge.source.text(at: path))
      knowledge.source.write(text.replacingOccurrences("e", with: "a"), to: path)
    }
    try knowledge.sync()
    for (citation, fault) in zip(citations, try faults(citations)) {
      #expect(fault != nil || !citation.quote.contains("e"), "\(citation)")
    }
  }
}

extension String {
  fileprivate func replacingOccurrences(_ scalar: Unicode.Scalar, with other: Unicode.Scalar)
    -> String
  {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == scalar ? other : $0 }))
  }
}

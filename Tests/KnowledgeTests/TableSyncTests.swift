import Documents
import Knowledge
import KnowledgeTestSupport
import Store
import Testing

/// Tables keep the vectors of rows that stayed.
@Suite struct TableSyncTests {
  private func table(changing changed: Int? = nil, rows: Int = 200) -> String {
    "id,name,city\n"
      + (0..<rows).map { "\($0),Person \($0),\($0 == changed ? "Oslo" : "Bergen")\n" }.joined()
  }

  @Test func oneChangedRowIsOneEmbedding() throws {
    let knowledge = try TestKnowledge(["people.csv": table()])
    let first = try knowledge.sync()
    #expect(first.passages == 200 && first.embedded == 200)
    _ = knowledge.embedder.takeTexts()

    knowledge.source.write(table(changing: 71), to: "people.csv")
    let second = try knowledge.sync()
    #expect(second.changed == 1 && second.passages == 200 && second.embedded == 1)
    // The row, and the table's summary.
    let texts = knowledge.embedder.takeTexts()
    #expect(texts.count == 2)
    #expect(texts.filter { $0.contains("Oslo") }.count == 1)

    let passages = try knowledge.passages()
    let vectors = try knowledge.store.vectors(passages.map(\.id))
    #expect(vectors.count == 200)
    for passage in passages {
      let text = passage.passage.embeddingText(title: passage.document.title)
      #expect(vectors[passage.id] == knowledge.embedder.vector(of: text))
    }
  }

  @Test func aTableHasASummaryThatSaysWhatItHolds() throws {
    let knowledge = try TestKnowledge(["people.csv": table(rows: 12)])
    try knowledge.sync()
    let document = try #require(try knowledge.document("people.csv"))
    let summary = try #require(try knowledge.store.summary(ofDocument: document))
    #expect(summary.passage.text == "Table people with 12 rows. Columns: id, name, city.")
    #expect(summary.kind == .summary)
  }
}

import Documents
import Foundation
import Knowledge
import Store
import TestSupport
import Testing

@Suite struct ConcurrencyTests {
  private func found(_ store: KnowledgeStore) throws -> [String] {
    var generator = SplitMix64(seed: 4)
    let hits = try store.vectorSearch(
      generator.unitVector(Sample.dimension),
      kind: .passage,
      filter: SearchFilter(),
      limit: 999
    )
    return try store.passages(hits.map(\.id)).map(\.passage.text).sorted()
  }

  @Test func aReaderSeesWhatAnotherWrites() throws {
    let folder = try TemporaryDirectory()
    let writer = try folder.store()
    let source = try writer.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    let reader = try KnowledgeStore(directory: folder.attune)
    #expect(try found(reader) == [])
    var expected: [String] = []
    for number in 0..<12 {
      try writer.apply(
        Sample.batch(source, [Sample.document("\(number)", texts: ["text \(number)"])])
      )
      expected.append("text \(number)")
      #expect(try found(reader) == expected.sorted())
      // Merging takes the files away under the reader.
      if number % 4 == 3 { try writer.finishSync(Sample.run(source)) }
      #expect(try found(reader) == expected.sorted())
    }
    let gone = try writer.documents(matching: SearchFilter(paths: ["3"])).map(\.id)
    try writer.apply(Sample.batch(source, [], removed: gone))
    expected.removeAll { $0 == "text 3" }
    #expect(try found(reader) == expected.sorted())
  }

  @Test func manySearchWhileOneSyncs() async throws {
    let folder = try TemporaryDirectory()
    let writer = try folder.store()
    let source = try writer.addSource(name: "docs", kind: .folder, location: "/docs", at: 1).id
    try writer.apply(Sample.batch(source, [Sample.document("stays", texts: ["stays"])]))
    let readers = [try folder.store(), try folder.store()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for reader in readers {
        group.addTask {
          for _ in 0..<60 {
            let texts = try found(reader)
            #expect(texts.contains("stays"))
          }
        }
      }
      group.addTask {
        for number in 0..<20 {
          try writer.apply(
            Sample.batch(source, [Sample.document("\(number % 5)", texts: ["text \(number)"])])
          )
          try writer.finishSync(Sample.run(source, removed: 1))
        }
      }
      try await group.waitForAll()
    }
    #expect(try writer.check(deep: true) == [])
  }
}

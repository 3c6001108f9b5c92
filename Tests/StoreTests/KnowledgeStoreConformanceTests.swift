import Knowledge
import Store
import TestSupport
import Testing

@Suite struct KnowledgeStoreConformanceTests {
  @Test(arguments: PassageStoreConformance.checks.map(\.name))
  func conforms(_ name: String) throws {
    let folder = try TemporaryDirectory()
    let store = try folder.store()
    let check = try #require(PassageStoreConformance.checks.first { $0.name == name })
    try check.body(store)
    for source in try store.sources() { try store.finishSync(Sample.run(source.id)) }
    #expect(try store.check(deep: true) == [])
  }
}

import Datasets
import Foundation
import Testing

@Suite struct CLAPnqReaderTests {
  private func read(_ lines: String) throws -> [CLAPnqReader.Item] {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "clapnq-\(UUID().uuidString).jsonl")
    try Data(lines.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try CLAPnqReader.read(file)
  }

  @Test func readsQuestionsWithAndWithoutAnswer() throws {
    let items = try read(
      """
      {"id": "1", "input": "who came", "passages": [{"title": "T", "text": "Ada came , late ."}], \
      "output": [{"answer": "Ada came late."}]}
      {"id": "2", "input": "why", "passages": [{"title": "T", "text": "Bo left ."}], \
      "output": [{"answer": ""}]}
      """
    )
    #expect(items.map(\.question) == ["Who came?", "Why?"])
    #expect(items.map(\.passage) == ["Ada came, late.", "Bo left."])
    #expect(items.map(\.isAnswerable) == [true, false])
  }

  @Test func lineWithoutPassagesIsRefused() {
    #expect(throws: DatasetError.self) {
      try read(#"{"id": "1", "input": "who", "output": []}"#)
    }
  }
}

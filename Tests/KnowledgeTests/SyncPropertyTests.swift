import Documents
import Foundation
import Knowledge
import KnowledgeTestSupport
import Store
import TestSupport
import Testing

/// Whatever happens to a source, a sync leaves the store as if the source had been taken in fresh.
@Suite struct SyncPropertyTests {
  private static let words = [
    "ferret", "badger", "otter", "lynx", "sleeps", "digs", "swims", "hunts", "river", "den",
    "night",
    "day", "often", "never",
  ]
  private static let folders = ["", "a/", "a/b/", "c/"]

  private func sentence(_ random: inout SplitMix64) -> String {
    let count = Int.random(in: 3...12, using: &random)
    let words = (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }
    return words.joined(separator: " ").capitalized + "."
  }

  private func text(_ random: inout SplitMix64, path: String) -> String {
    if path.hasSuffix(".csv") {
      let rows = (0..<Int.random(in: 1...20, using: &random)).map { row in
        "\(row),\(Self.words.randomElement(using: &random) ?? ""),\(row % 3)"
      }
      return "id,animal,count\n" + rows.joined(separator: "\n") + "\n"
    }
    let paragraphs = (0..<Int.random(in: 1...6, using: &random)).map { index in
      let heading = index.isMultiple(of: 2) ? "## \(sentence(&random))\n\n" : ""
      let sentences = (0..<Int.random(in: 1...8, using: &random)).map { _ in sentence(&random) }
      return heading + sentences.joined(separator: " ")
    }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  private func path(_ random: inout SplitMix64) -> String {
    let folder = Self.folders.randomElement(using: &random) ?? ""
    let kind = ["md", "txt", "csv"].randomElement(using: &random) ?? "txt"
    return "\(folder)\(Int.random(in: 0..<8, using: &random)).\(kind)"
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func everySyncEqualsAFreshOne(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let knowledge = try TestKnowledge()
    for round in 0..<10 {
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let known = knowledge.source.paths.randomElement(using: &random)
        switch (Int.random(in: 0..<8, using: &random), known) {
        case (0, let path?): knowledge.source.remove(path)
        case (1, let path?): knowledge.source.touch(path)
        case (2, let path?): knowledge.source.vanish(path)
        case (3, let path?):
          // A small change, so that most rows of a table stay.
          let text = knowledge.source.text(at: path) ?? ""
          knowledge.source.write(text + "99,otter,9\n", to: path)
        case (4, _?):
          // A sync in between that sees only half of the source.
          knowledge.source.hide(
            Self.folders.dropFirst().randomElement(using: &random).map { String($0.dropLast()) }
          )
          try knowledge.sync()
          knowledge.source.hide(nil)
        default:
          let path = path(&random)
          knowledge.source.write(text(&random, path: path), to: path)
        }
      }
      try knowledge.sync()
      let fresh = try TestKnowledge()
      for path in knowledge.source.paths {
        fresh.source.write(knowledge.source.text(at: path) ?? "", to: path)
      }
      try fresh.sync()
      let content = try StoreContent(of: knowledge.store, words: Self.words)
      let expected = try StoreContent(of: fresh.store, words: Self.words)
      #expect(content == expected, "seed \(seed), round \(round)")
      #expect(try knowledge.store.check(deep: true).isEmpty)
      let again = try knowledge.sync()
      #expect(again.unchanged == knowledge.source.paths.count && again.passages == 0)
    }
  }
}

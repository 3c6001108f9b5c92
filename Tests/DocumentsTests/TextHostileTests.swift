import Documents
import Foundation
import TestSupport
import Testing

/// Cuts and changes the public files of the formats that are text; each must be read or refused, quickly.
@Suite(
  "Damaged text files",
  .enabled(if: SharedData.holds("documents/parsers-docling"), "needs the shared data")
)
struct TextHostileTests {
  private static let suffixes: Set<String> = [
    "html", "htm", "csv", "md", "json", "yaml", "yml", "xml", "txt", "itxt", "eml", "msg", "rtf",
  ]

  private static let files: [URL] = {
    ["documents/parsers-docling", "documents/parsers-markitdown"].flatMap { folder -> [URL] in
      guard let root = try? SharedData.url(folder),
        let names = FileManager.default.enumerator(atPath: root.path)
      else { return [] }
      return names.compactMap { $0 as? String }.sorted().map { root.appendingPathComponent($0) }
    }.filter { suffixes.contains($0.pathExtension) }
  }()

  /// In the short form every fourth file, at two places each.
  @Test("Cut and changed files are read or refused", .timeLimit(.minutes(10)))
  func damaged() throws {
    #expect(Self.files.count > 250)
    let turns = TestLength.isFull ? 20 : 2
    for (number, file) in Self.files.enumerated() where TestLength.isFull || number % 4 == 0 {
      let whole = [UInt8](try Data(contentsOf: file))
      guard !whole.isEmpty else { continue }
      var random = SplitMix64(seed: UInt64(number))
      for turn in 1...turns {
        try read(Array(whole.prefix(whole.count * turn / (turns + 1))), file)
        var changed = whole
        for _ in 0..<20 {
          let place = Int.random(in: 0..<changed.count, using: &random)
          changed[place] = UInt8.random(in: 0...255, using: &random)
        }
        try read(changed, file)
      }
    }
  }

  private func read(_ bytes: [UInt8], _ file: URL) throws {
    let path = file.lastPathComponent
    let start = ContinuousClock.now
    do {
      let document = try DocumentReader.extract(bytes, path: path)
      #expect(
        document.blocks.last?.characters.upperBound ?? 0 <= document.text.unicodeScalars.count
      )
      for part in try DocumentReader.parts(of: bytes, path: path) { _ = try? part.read() }
    } catch let error as DocumentError {
      #expect(error.subject == path && !error.message.isEmpty && !error.remedy.isEmpty)
    }
    #expect(ContinuousClock.now - start < .seconds(10), "\(path)")
  }
}

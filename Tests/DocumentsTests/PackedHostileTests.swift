import Documents
import Foundation
import TestSupport
import Testing

/// Cuts and changes the public office files; each must be read or refused, quickly.
@Suite(
  "Damaged office files",
  .enabled(if: SharedData.holds("documents/parsers-docling"), "needs the shared data")
)
struct PackedHostileTests {
  private static let suffixes: Set<String> = [
    "docx", "pptx", "xlsx", "xlsm", "epub", "zip", "xml", "odt", "ods", "odp",
  ]

  private static let files: [String] = {
    guard let root = try? SharedData.url("documents").path,
      let names = FileManager.default.enumerator(atPath: root)
    else { return [] }
    let paths = names.compactMap { $0 as? String }
      .filter { suffixes.contains(URL(filePath: $0).pathExtension) }
    return paths.sorted().map { root + "/" + $0 }
  }()

  @Test("Every file is read, and the same twice", .timeLimit(.minutes(2)), arguments: files)
  func whole(_ path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let document = try DocumentReader.extract(bytes, path: path)
    checkInvariants(document)
    #expect(try DocumentReader.extract(bytes, path: path) == document)
  }

  @Test("Cut and changed files are read or refused", .timeLimit(.minutes(5)), arguments: files)
  func damaged(_ path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var random = SplitMix64(seed: UInt64(bytes.count))
    let cuts = TestLength.isFull ? 20 : 4
    for cut in 1...cuts { try read(Array(bytes.prefix(bytes.count * cut / (cuts + 1))), path) }
    for _ in 0..<cuts {
      var changed = bytes
      for _ in 0..<20 {
        changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
          in: 0...255,
          using: &random
        )
      }
      try read(changed, path)
    }
  }

  private func read(_ bytes: [UInt8], _ path: String) throws {
    let start = ContinuousClock.now
    do {
      _ = try DocumentReader.extract(bytes, path: path)
      for part in try DocumentReader.parts(of: bytes, path: path) { _ = try? part.read() }
    } catch let error as DocumentError {
      #expect(error.subject == path)
      #expect(!error.message.isEmpty && !error.remedy.isEmpty)
    }
    #expect(ContinuousClock.now - start < .seconds(10))
  }
}

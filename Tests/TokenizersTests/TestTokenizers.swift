import Foundation
import Tokenizers

/// Where test data stands, and the tokenizers made of it.
enum TestTokenizers {
  static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Fixtures")

  /// Public tokenizer data kept beside the checkout; its tests are skipped where it is absent.
  static let shared =
    ProcessInfo.processInfo.environment["ATTUNE_SHARED"].map { URL(fileURLWithPath: $0) }
    ?? fixtures.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")

  static let sharedTokenizers = shared.appendingPathComponent("data/tokenizers")

  static var hasSharedData: Bool {
    FileManager.default.fileExists(atPath: sharedTokenizers.path)
  }

  /// bert-base-uncased, from `vocab.txt` alone.
  static let uncased = Result { try fromFiles(["vocab.txt": vocabulary()]) }

  static func vocabulary() throws -> Data {
    try Data(contentsOf: fixtures.appendingPathComponent("vocab.txt"))
  }

  /// The tokenizer of a folder that holds these files.
  static func fromFiles(_ files: [String: Data]) throws -> Tokenizer {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attune-tokenizer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, content) in files {
      try content.write(to: folder.appendingPathComponent(name))
    }
    return try Tokenizer.load(folder: folder)
  }

  /// A tokenizer from the text of its `tokenizer.json`.
  static func fromJSON(_ text: String) throws -> Tokenizer {
    try fromFiles(["tokenizer.json": Data(text.utf8)])
  }

  static func lines(of file: URL) throws -> [Data] {
    try Data(contentsOf: file).split(separator: 0x0A)
  }
}

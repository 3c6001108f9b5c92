import Foundation
import Testing

/// Reads Tests/Fixtures/embeddings.
enum ReferenceEmbeddings {
  struct Text: Decodable {
    var id: String
    var kind: String
    var words: Int
    var text: String
  }

  private static let dimensions = 384

  private static var folder: URL {
    URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/embeddings")
  }

  static func texts() throws -> [Text] {
    let data = try Data(contentsOf: folder.appending(path: "texts.jsonl"))
    let decoder = JSONDecoder()
    return try data.split(separator: UInt8(ascii: "\n"))
      .map { try decoder.decode(Text.self, from: Data($0)) }
  }

  /// One row of little-endian half-precision numbers per text.
  static func vectors() throws -> [[Float]] {
    let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "vectors.f16")))
    let rowLength = 2 * dimensions
    try #require(bytes.count.isMultiple(of: rowLength))
    return stride(from: 0, to: bytes.count, by: rowLength).map { start in
      (0..<dimensions).map { column in
        let low = UInt16(bytes[start + 2 * column])
        let high = UInt16(bytes[start + 2 * column + 1])
        return Float(Float16(bitPattern: high << 8 | low))
      }
    }
  }
}

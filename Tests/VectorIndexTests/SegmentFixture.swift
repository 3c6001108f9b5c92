import Foundation
import TestSupport
import VectorIndex

/// Writes segments into a folder of their own.
struct SegmentFixture {
  static let embedder = "test-embedder@1"
  let folder: TemporaryDirectory
  let dimension: Int

  init(dimension: Int) throws {
    folder = try TemporaryDirectory()
    self.dimension = dimension
  }

  var writer: SegmentWriter {
    SegmentWriter(directory: folder.url.path, embedder: Self.embedder, dimension: dimension)
  }

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  func open(_ name: String) throws -> Segment {
    try Segment(path: path(name), embedder: Self.embedder, dimension: dimension)
  }

  /// Writes vectors under ascending identifiers and opens the segment.
  func segment(_ name: String, ids: [Int64], _ vectors: [[Float]]) throws -> Segment {
    try writer.write(name: name, ids: ids) { vectors[$0] }
    return try open(name)
  }

  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }
  }
}

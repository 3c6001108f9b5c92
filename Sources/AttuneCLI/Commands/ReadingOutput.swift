import Attune
import Documents
import Foundation

/// What was read in one file, and in what lies inside it.
struct ReadingOutput: Encodable {
  struct BlockOutput: Encodable {
    var kind: String
    var text: String
    var location: LocationOutput
    var columns: [String]?
  }

  var path: String
  var title: String?
  var mediaType: String?
  var metadata: [String: String]?
  var text: String?
  var blocks: [BlockOutput]?
  var warnings: [String]?
  var parts: [ReadingOutput]?
  var error: ErrorDescription?

  /// Reads the one file of a source. What cannot be read is told in `error`.
  static func read(_ source: FolderSource, path: String) -> ReadingOutput {
    read(path) { try source.read(SourceItem(path: path, fingerprint: "")) }
  }

  private static func read(
    _ path: String,
    content: () throws -> SourceContent
  ) -> ReadingOutput {
    do {
      let content = try content()
      var result = ReadingOutput(try content.extract(), path: path)
      result.parts = try content.parts().map { part in
        read(PartPath.join(path, part.name), content: part.content)
      }
      return result
    } catch {
      return ReadingOutput(path: path, error: ErrorDescription(error))
    }
  }

  private init(path: String, error: ErrorDescription) {
    self.path = path
    self.error = error
  }

  private init(_ document: ExtractedDocument, path: String) {
    self.path = path
    title = document.title
    mediaType = document.mediaType
    metadata = document.metadata
    text = document.text
    warnings = document.warnings
    let resolver = LocationResolver(document)
    blocks = document.blocks.map { block in
      let location = Location(characters: block.characters, origin: block.origin)
      return BlockOutput(
        kind: Self.name(block.kind),
        text: resolver.text(at: location) ?? "",
        location: LocationOutput(location),
        columns: Self.columns(block.kind)
      )
    }
  }

  private static func name(_ kind: Block.Kind) -> String {
    switch kind {
    case .heading(let level): "heading \(level)"
    case .paragraph: "paragraph"
    case .listItem: "list item"
    case .code: "code"
    case .row: "row"
    }
  }

  private static func columns(_ kind: Block.Kind) -> [String]? {
    guard case .row(let fields) = kind else { return nil }
    return fields.map(\.column)
  }
}

import Documents
import Foundation
import Knowledge

/// Passages without a store.
enum PassageFixture {
  static func passage(
    _ text: String,
    id: Int64 = 1,
    title: String = "",
    headings: [String] = []
  ) -> StoredPassage {
    StoredPassage(
      id: id,
      kind: .passage,
      document: DocumentRecord(
        id: id,
        source: "docs",
        path: "\(id).txt",
        title: title,
        mediaType: "text/plain",
        contentHash: "",
        textHash: "",
        modified: nil,
        syncedAt: 0,
        metadata: [:],
        table: nil,
        changeCount: 0
      ),
      passage: Passage(
        ordinal: 0,
        headings: headings,
        text: text,
        location: Location(
          characters: 100..<(100 + text.unicodeScalars.count),
          origin: .bytes(0..<text.utf8.count)
        )
      )
    )
  }

  /// Passages as a context, in order.
  static func context(_ passages: [StoredPassage]) -> [ContextPart] {
    passages.map {
      ContextPart(passage: $0, role: .hit, score: 1, scores: SearchHit.Scores(), tokens: 1)
    }
  }
}

import Documents
import Knowledge

/// Documents whose vectors are given.
enum Crafted {
  /// The unit vector along one axis.
  static func axis(_ index: Int) -> [Float] {
    var vector = [Float](repeating: 0, count: 64)
    vector[index] = 1
    return vector
  }

  /// A unit vector in the plane of two axes, with the given cosine to the first.
  static func mix(_ first: Int, _ second: Int, by cosine: Float) -> [Float] {
    var vector = axis(first)
    vector[first] = cosine
    vector[second] = (1 - cosine * cosine).squareRoot()
    return vector
  }

  /// A document with one passage per vector; the passages' texts are `texts`, or "passage <ordinal>".
  static func document(
    _ path: String,
    vectors: [[Float]],
    texts: [String]? = nil,
    fields: [Field] = [],
    summary: [Float]?
  ) -> SyncBatch.Write {
    var start = 0
    let passages = vectors.enumerated().map { ordinal, vector in
      let text = texts?[ordinal] ?? "passage \(ordinal)"
      let count = text.unicodeScalars.count
      defer { start += count + 1 }
      return SyncBatch.EmbeddedPassage(
        passage: Passage(
          ordinal: ordinal,
          headings: [],
          text: text,
          location: Location(
            characters: start..<(start + count),
            origin: .bytes(start..<(start + text.utf8.count))
          ),
          fields: fields
        ),
        vector: vector,
        embeddedHash: textHash(text)
      )
    }
    return SyncBatch.Write(
      path: path,
      fingerprint: "1",
      contentHash: path,
      textHash: path,
      modified: nil,
      title: path,
      mediaType: "text/plain",
      metadata: [:],
      table: nil,
      passages: passages,
      summary: summary.map { vector in
        SyncBatch.EmbeddedPassage(
          passage: Passage(
            ordinal: 0,
            headings: [],
            text: "summary of \(path)",
            location: Location(characters: 0..<1, origin: .bytes(0..<1))
          ),
          vector: vector,
          embeddedHash: textHash("summary of \(path)")
        )
      }
    )
  }
}

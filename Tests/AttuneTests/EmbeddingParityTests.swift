import Foundation
import LanguageModels
import Testing

/// The encoder against sentence-transformers, on 500 texts in several scripts.
///
/// Fixtures and how they were made: Tests/Fixtures/embeddings/README.md. The model itself is not in
/// the repository, so the comparison is skipped where the cache has none.
@Suite struct EmbeddingParityTests {
  @Test(.enabled(if: EmbeddingModel.isPresent, "no embedding model in the cache"))
  func everyTextMatchesTheReference() throws {
    let texts = try ReferenceEmbeddings.texts()
    let expected = try ReferenceEmbeddings.vectors()
    try #require(texts.count == 500)
    try #require(expected.count == texts.count)

    let encoder = try SentenceEncoder(folder: EmbeddingModel.folder)
    let outputs = try encoder.encode(texts.map { .init(text: $0.text) })
    try #require(outputs.count == texts.count)

    for (index, text) in texts.enumerated() {
      let vector = outputs[index].vector
      try #require(vector.count == expected[index].count)
      let similarity = cosine(vector, expected[index])
      #expect(similarity >= 0.9999, "\(text.id), \(text.kind), \(text.words) words")
      #expect(abs(dot(vector, vector) - 1) < 1e-5, "\(text.id) is not of length 1")
    }
  }

  @Test(.enabled(if: EmbeddingModel.isPresent, "no embedding model in the cache"))
  func aTextsVectorDoesNotDependOnItsNeighbours() throws {
    let texts = try ReferenceEmbeddings.texts().filter { $0.words <= 40 }.prefix(24)
    let encoder = try SentenceEncoder(folder: EmbeddingModel.folder)
    let together = try encoder.encode(texts.map { .init(text: $0.text) })
    try #require(together.count == texts.count)

    for (text, output) in zip(texts, together) {
      let alone = try encoder.encode([.init(text: text.text)])
      #expect(alone.map(\.vector) == [output.vector], "\(text.id), \(text.kind)")
    }
  }

  // Sums in double precision, so that the comparison adds no error of its own.
  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }
}

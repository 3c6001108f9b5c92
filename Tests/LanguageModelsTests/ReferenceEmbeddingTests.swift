import Foundation
import LanguageModels
import TestSupport
import Testing

@Suite struct ReferenceEmbeddingTests {
  private struct Line: Decodable {
    var id: String
    var text: String
  }

  /// 500 texts in several scripts against sentence-transformers in 32-bit floats
  /// (Tests/Fixtures/embeddings). The model is not in the repository.
  @Test(
    .enabled(if: TestModels.real != nil, "needs ATTUNE_TEST_MODEL, a folder of all-MiniLM-L6-v2")
  )
  func embeddingsEqualTheReference() throws {
    let fixture = SharedData.packageRoot.appendingPathComponent("Tests/Fixtures/embeddings")
    let lines = try String(
      contentsOf: fixture.appendingPathComponent("texts.jsonl"),
      encoding: .utf8
    ).split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    let halves = try Data(contentsOf: fixture.appendingPathComponent("vectors.f16"))
    let encoder = try SentenceEncoder(folder: try #require(TestModels.real))
    let outputs = try encoder.encode(lines.map { SentenceEncoder.Input(text: $0.text) })
    try #require(halves.count == lines.count * encoder.dimension * 2)
    for (index, output) in outputs.enumerated() {
      let start = index * encoder.dimension * 2
      let expected = (0..<encoder.dimension).map { column in
        Self.value(halves[start + 2 * column], halves[start + 2 * column + 1])
      }
      let cosine =
        zip(output.vector, expected).reduce(0.0) { $0 + Double($1.0) * $1.1 }
        / expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(cosine >= 0.99999, "\(lines[index].id)")
    }
  }

  private static func value(_ low: UInt8, _ high: UInt8) -> Double {
    let sign: FloatingPointSign = high & 0x80 == 0 ? .plus : .minus
    let exponent = Int(high >> 2 & 0x1f)
    let fraction = Double(Int(high & 3) << 8 | Int(low)) / 1024
    return exponent == 0
      ? Double(sign: sign, exponent: -14, significand: fraction)
      : Double(sign: sign, exponent: exponent - 15, significand: 1 + fraction)
  }
}

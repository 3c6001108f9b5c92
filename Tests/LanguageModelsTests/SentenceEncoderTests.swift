import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

@Suite struct SentenceEncoderTests {
  typealias Input = SentenceEncoder.Input

  let encoder: SentenceEncoder

  init() throws {
    encoder = try SentenceEncoder(folder: TestModels.tiny, pool: WorkerPool(threads: 2))
  }

  private func meanOfRows(_ rows: [[Float]]) -> [Float] {
    let sum = rows.reduce([Float](repeating: 0, count: 32)) { zip($0, $1).map { $0 + $1 } }
    let norm = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return sum.map { $0 / norm }
  }

  private func isClose(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-5 }
  }

  @Test func theFolderSaysHowLongTextsMayBe() {
    #expect(encoder.dimension == 32)
    #expect(encoder.maximumTokens == 24)
    #expect(encoder.isNormalized)
    #expect(encoder.countTokens("the pump, a valve.") == 6)
  }

  @Test func aVectorIsTheNormalisedMeanOfAllTokens() throws {
    // [CLS] the pump ##s . [SEP]
    let state = try TestModels.encoder().lastHiddenState([[2, 16, 9, 11, 13, 3]])[0]
    let output = try encoder.encode([Input(text: "The pumps.")])[0]
    #expect(output.tokenCount == 6)
    #expect(!output.truncated)
    #expect(isClose(output.vector, meanOfRows(state)))
  }

  @Test func spansGetTheVectorOfTheirTokensBehindAnyPrefix() throws {
    // [CLS] alpha . the pump ##s . [SEP]
    let state = try TestModels.encoder().lastHiddenState([[2, 5, 13, 16, 9, 11, 13, 3]])[0]
    let input = Input(
      prefix: "Alpha. ",
      text: "The pumps.",
      spans: [0..<3, 4..<9, 5..<6, 0..<10, 3..<4, 40..<50, Int.max - 1..<Int.max]
    )
    let output = try encoder.encode([input])[0]
    #expect(output.spanVectors.count == 7)
    #expect(isClose(output.spanVectors[0], meanOfRows(Array(state[3...3]))))
    #expect(isClose(output.spanVectors[1], meanOfRows(Array(state[4...5]))))
    #expect(isClose(output.spanVectors[2], meanOfRows(Array(state[4...4]))))
    #expect(isClose(output.spanVectors[3], meanOfRows(Array(state[3...6]))))
    // White space, and places behind the end, hold no token.
    #expect(output.spanVectors[4...].allSatisfy { $0.isEmpty })
  }

  @Test func longTextsAreCutAndSaySo() throws {
    let words = Array(repeating: "pump", count: 22).joined(separator: " ")
    let whole = try encoder.encode([Input(text: words)])[0]
    #expect(whole.tokenCount == 24)
    #expect(!whole.truncated)
    let cut = try encoder.encode([Input(text: words + " valve", spans: [110..<115])])[0]
    #expect(cut.tokenCount == 24)
    #expect(cut.truncated)
    #expect(cut.vector == whole.vector)
    #expect(cut.spanVectors == [[]])
  }

  @Test func noTextAndNoInputsAreFine() throws {
    #expect(try encoder.encode([]).isEmpty)
    for text in ["", " \n", "\u{0}"] {
      let output = try encoder.encode([Input(text: text)])[0]
      #expect(output.tokenCount == 2)
      #expect(abs(output.vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
  }

  @Test func aTextGetsTheSameVectorBitForBitInAnyBatch() throws {
    var random = SplitMix64(seed: 51)
    let texts = (0..<300).map { _ in random.text(count: Int.random(in: 0...60, using: &random)) }
    let serial = try SentenceEncoder(folder: TestModels.tiny, pool: WorkerPool(threads: 1))
    let together = try encoder.encode(texts.map { Input(text: $0) })
    #expect(together.count == texts.count)
    for (text, output) in zip(texts, together) {
      #expect(try serial.encode(text) == output.vector)
    }
  }

  @Test func manyTasksMayEncodeAtOnce() async throws {
    let expected = try encoder.encode("the pump")
    let encoder = encoder
    try await withThrowingTaskGroup(of: [Float].self) { group in
      for _ in 0..<20 { group.addTask { try encoder.encode("the pump") } }
      for try await vector in group { #expect(vector == expected) }
    }
  }

  @Test(arguments: [
    ("modules.json", #"[{"path":"../x","type":"a.Transformer"}]"#, "malformedConfiguration"),
    ("modules.json", #"[{"path":"2","type":"a.Dense"}]"#, "unsupportedModel"),
    ("modules.json", "{", "malformedConfiguration"),
    ("1_Pooling/config.json", #"{"pooling_mode_max_tokens":true}"#, "unsupportedModel"),
    ("1_Pooling/config.json", "{}", "unsupportedModel"),
    ("sentence_bert_config.json", #"{"max_seq_length":2}"#, "malformedConfiguration"),
    ("sentence_bert_config.json", #"{"max_seq_length":-5}"#, "malformedConfiguration"),
    ("config.json", "", "malformedConfiguration"),
    ("model.safetensors", "", "malformedWeights"),
  ])
  func aDamagedFileIsNamed(file: String, content: String, code: String) throws {
    let folder = try TemporaryDirectory()
    let copy = folder.url.appendingPathComponent("model")
    try FileManager.default.copyItem(at: TestModels.tiny, to: copy)
    try folder.write(content, to: "model/" + file)
    let error = #expect(throws: LanguageModelError.self) { try SentenceEncoder(folder: copy) }
    #expect(error?.code.rawValue == code)
    #expect(error?.subject.contains(copy.lastPathComponent) == true)
  }

  @Test func anAbsentFolderIsAnError() {
    let absent = URL(fileURLWithPath: "/nonexistent/model")
    let error = #expect(throws: LanguageModelError.self) { try SentenceEncoder(folder: absent) }
    #expect(error?.code == .missingFile)
  }
}

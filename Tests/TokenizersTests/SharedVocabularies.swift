import Foundation
import Testing
import Tokenizers

/// Vocabularies of the shared data in the forms of other file formats.
enum SharedVocabularies {
  /// What a `tokenizer.json` says, and the tokenizer it makes.
  struct Source {
    var tokenizer: Tokenizer
    var model: [String: Any]
    var document: [String: Any]

    init(_ path: String) throws {
      let file = TestTokenizers.sharedTokenizers.appendingPathComponent(path)
      tokenizer = try Tokenizer(contentsOf: file)
      let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
      document = try #require(root as? [String: Any])
      model = try #require(document["model"] as? [String: Any])
    }

    /// Tokens in the order of their ids; a dictionary would lose those that differ in composition.
    func tokens(_ count: Int) throws -> [String] {
      try (0..<Int32(count)).map { try #require(tokenizer.token(for: $0)) }
    }
  }

  static func gpt2() throws -> GGUFVocabulary {
    let source = try Source("golden-multilingual/Vocabs/gpt2_tokenizer.json")
    var vocabulary = GGUFVocabulary(model: "gpt2", tokens: try source.tokens(50_257))
    vocabulary.pre = "gpt-2"
    vocabulary.merges = try #require(source.model["merges"] as? [String])
    vocabulary.tokenTypes = Array(repeating: 1, count: 50_256) + [3]
    (vocabulary.beginningID, vocabulary.endID) = (50_256, 50_256)
    return vocabulary
  }

  static func llama() throws -> GGUFVocabulary {
    let source = try Source("golden-multilingual/Vocabs/llama_tokenizer.json")
    var vocabulary = GGUFVocabulary(model: "llama", tokens: try source.tokens(32_000))
    // A piece scores by how early it was learned.
    vocabulary.scores = (0..<32_000).map { $0 < 259 ? 0 : 259 - Float($0) }
    vocabulary.tokenTypes = (0..<32_000).map { id -> Int32 in
      switch id {
      case 0: 2
      case 1, 2: 3
      case ..<259: 6
      default: 1
      }
    }
    return vocabulary
  }

  static func t5() throws -> GGUFVocabulary {
    let source = try Source("huggingface/tokenizer/t5-small/tokenizer.json")
    let entries = try #require(source.model["vocab"] as? [[Any]]).prefix(32_000)
    var vocabulary = GGUFVocabulary(
      model: "t5",
      tokens: try entries.map { try #require($0[0] as? String) }
    )
    vocabulary.scores = try entries.map { try #require($0[1] as? NSNumber).floatValue }
    vocabulary.tokenTypes = (0..<32_000).map { $0 == 2 ? 2 : $0 < 2 ? 3 : 1 }
    let normalizer = try #require(source.document["normalizer"] as? [String: Any])
    let map = try #require(normalizer["precompiled_charsmap"] as? String)
    vocabulary.precompiledCharacterMap = [UInt8](try #require(Data(base64Encoded: map)))
    return vocabulary
  }
}

extension GGUFVocabulary {
  /// The same vocabulary as a SentencePiece `tokenizer.model`.
  func sentencePieceFile() -> Data {
    var file = ProtobufWriter()
    for (id, token) in tokens.enumerated() {
      var piece = ProtobufWriter()
      piece.write(1, Array(token.utf8))
      piece.write(2, float: scores[id])
      piece.write(3, UInt64(tokenTypes[id]))
      file.write(1, piece.bytes)
    }
    let isUnigram = model == "t5"
    var trainer = ProtobufWriter()
    trainer.write(3, isUnigram ? 1 : 2)
    trainer.write(40, isUnigram ? 2 : 0)
    trainer.write(41, isUnigram ? UInt64(bitPattern: -1) : 1)
    trainer.write(42, isUnigram ? 1 : 2)
    file.write(2, trainer.bytes)
    var normalizer = ProtobufWriter()
    normalizer.write(1, Array("identity".utf8))
    if !precompiledCharacterMap.isEmpty { normalizer.write(2, precompiledCharacterMap) }
    normalizer.write(4, isUnigram ? 1 : 0)
    file.write(3, normalizer.bytes)
    return Data(file.bytes)
  }
}

/// Writes the wire format of Protocol Buffers.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  private mutating func write(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ field: UInt64, _ value: UInt64) {
    write(varint: field << 3)
    write(varint: value)
  }

  mutating func write(_ field: UInt64, float value: Float) {
    write(varint: field << 3 | 5)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(value.bitPattern >> shift & 0xFF))
    }
  }

  mutating func write(_ field: UInt64, _ content: [UInt8]) {
    write(varint: field << 3 | 2)
    write(varint: UInt64(content.count))
    bytes += content
  }
}

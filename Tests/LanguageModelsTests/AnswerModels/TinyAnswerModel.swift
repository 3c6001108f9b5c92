import Foundation
import Kernels
import LanguageModels
import TestSupport
import Tokenizers

/// A random answer model on a random base with a vocabulary of letters, so that it can read anything
/// and answers with anything.
final class TinyAnswerModel: Sendable {
  let folder: TemporaryDirectory
  var base: URL { folder.url.appendingPathComponent("base") }
  var answer: URL { folder.url.appendingPathComponent("answer") }

  static let hidden = 32
  static let layers = 2
  static let intermediate = 64
  static let positions = 96
  static let vocabulary: [String] = {
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789".map { String($0) }
    return [
      "[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "pump", "##ing", "##s",
    ]
      + [".", ",", "-", "?", "'", "\"", "(", ")"] + letters
      + letters.map { "##" + $0 }.filter { $0 != "##s" }
  }()

  /// - Parameters:
  ///   - seed: of the weights.
  ///   - copying: what is added to the gate's score: above 0 more is copied.
  ///   - ending: what is added to the logit of the end.
  ///   - none: what is added to the logit of "not in the data".
  /// - Throws: what writing its files throws.
  init(seed: UInt64, copying: Float = 0, ending: Float = 0, none: Float = -4) throws {
    folder = try TemporaryDirectory()
    try folder.write(Self.vocabulary.joined(separator: "\n") + "\n", to: "base/vocab.txt")
    try folder.write(
      """
      {"model_type": "bert", "hidden_size": \(Self.hidden), "num_hidden_layers": \(Self.layers),
       "num_attention_heads": 4, "intermediate_size": \(Self.intermediate),
       "vocab_size": \(Self.vocabulary.count), "max_position_embeddings": \(Self.positions)}
      """,
      to: "base/config.json"
    )
    try folder.write("", to: "answer/README.md")
    var random = SplitMix64(seed: seed)
    let (hidden, words) = (Self.hidden, Self.vocabulary.count)
    try Self.write(
      [
        ("embeddings.word_embeddings.weight", [words, hidden]),
        ("embeddings.position_embeddings.weight", [Self.positions, hidden]),
        ("embeddings.token_type_embeddings.weight", [2, hidden]),
        ("embeddings.LayerNorm.weight", [hidden]), ("embeddings.LayerNorm.bias", [hidden]),
      ],
      to: base,
      &random
    )
    var vocabularyBias = random.normals(words, scale: 0.5)
    vocabularyBias[1] += none
    vocabularyBias[4] += ending
    try Self.write(
      Self.shapes,
      fixed: [
        "copy.next": [2], "copy.gate.bias": [copying], "vocabulary.bias": vocabularyBias,
      ],
      to: answer,
      &random
    )
    let settings = try AnswerModelSettings(base: base, hiddenSize: hidden)
    try folder.write(JSONEncoder().encode(settings), to: "answer/config.json")
  }

  func load(
    adapter: LowRankAdapter? = nil,
    _ variant: KernelVariant? = nil,
    threads: Int = 2
  ) throws -> AnswerModel {
    try AnswerModel(
      folder: answer,
      base: base,
      adapter: adapter,
      kernels: variant.map { try KernelSet($0) },
      pool: WorkerPool(threads: threads)
    )
  }

  /// The tensors of an answer model of these sizes.
  static let shapes: [(String, [Int])] = {
    var shapes: [(String, [Int])] = []
    for index in 0..<layers {
      let layer = "encoder.layer.\(index)."
      for name in ["attention.self.query", "attention.self.key", "attention.self.value"] {
        shapes += [
          (layer + name + ".weight", [hidden, hidden]), (layer + name + ".bias", [hidden]),
        ]
      }
      shapes += [
        (layer + "attention.output.dense.weight", [hidden, hidden]),
        (layer + "attention.output.dense.bias", [hidden]),
        (layer + "attention.output.LayerNorm.weight", [hidden]),
        (layer + "attention.output.LayerNorm.bias", [hidden]),
        (layer + "intermediate.dense.weight", [intermediate, hidden]),
        (layer + "intermediate.dense.bias", [intermediate]),
        (layer + "output.dense.weight", [hidden, intermediate]),
        (layer + "output.dense.bias", [hidden]),
        (layer + "output.LayerNorm.weight", [hidden]), (layer + "output.LayerNorm.bias", [hidden]),
      ]
    }
    return shapes + [
      ("answer.type", [hidden]), ("copy.query.weight", [hidden, hidden]),
      ("copy.query.bias", [hidden]), ("copy.key.weight", [hidden, hidden]),
      ("copy.carry.weight", [hidden, hidden]), ("copy.next", [1]),
      ("copy.gate.weight", [1, hidden]), ("copy.gate.bias", [1]),
      ("vocabulary.transform.weight", [hidden, hidden]), ("vocabulary.transform.bias", [hidden]),
      ("vocabulary.norm.weight", [hidden]), ("vocabulary.norm.bias", [hidden]),
      ("vocabulary.bias", [vocabulary.count]),
    ]
  }()

  private static func write(
    _ shapes: [(name: String, shape: [Int])],
    fixed: [String: [Float]] = [:],
    to folder: URL,
    _ random: inout SplitMix64
  ) throws {
    let tensors = shapes.map { name, shape -> SafetensorsWriter.Tensor in
      let count = shape.reduce(1, *)
      let isScale = name.hasSuffix("orm.weight")
      let drawn = random.normals(count, scale: shape.count > 1 ? 0.3 : 0.2)
      let values = fixed[name] ?? drawn.map { isScale ? 1 + $0 : $0 }
      return (name, shape, { values })
    }
    try SafetensorsWriter.write(tensors, to: folder.appendingPathComponent("model.safetensors"))
  }
}

extension SplitMix64 {
  /// Normally distributed floats.
  fileprivate mutating func normals(_ count: Int, scale: Float) -> [Float] {
    (0..<count).map { _ in Float(normal()) * scale }
  }
}

import Kernels
import LanguageModels

extension EncoderBuilder {
  /// The heads of an answer model: those of a file, or new ones.
  ///
  /// New ones copy nothing in particular and carry nothing; what they multiply with starts small and
  /// random.
  ///
  /// - Parameters:
  ///   - file: an answer model's weights; nil for new heads.
  ///   - words: the word embeddings, row after row.
  ///   - roles: the tokens that end an answer, or say that there is none. New heads write them readily:
  ///     they are rare as words, and most of what is not copied.
  ///   - method: what is to be trained.
  ///   - generator: the source of randomness.
  /// - Returns: the heads.
  /// - Throws: `LanguageModelError` if a weight is absent or has another shape.
  func answerHeads(
    from file: SafetensorsFile?,
    words: [Float],
    roles: [Int32],
    method: TrainingMethod,
    using generator: inout some RandomNumberGenerator
  ) throws -> AnswerHeads {
    let hidden = configuration.hiddenSize
    let isTrained = method == .full
    func read(
      _ name: String,
      _ shape: [Int],
      orElse made: @autoclosure () -> [Float]
    ) throws -> [Float] {
      guard let file else { return made() }
      return try file.floats(name, shape: shape)
    }
    func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }
    func vector(_ name: String, _ count: Int, _ start: Float) throws -> TrainableVector {
      try TrainableVector(
        read(name, [count], orElse: [Float](repeating: start, count: count)),
        trainedAs: isTrained ? name : nil
      )
    }
    func layer(
      _ name: String,
      outputs: Int,
      start: @autoclosure () -> [Float],
      hasBias: Bool
    ) throws -> TrainableLinear {
      try linear(
        packed(
          read(name + ".weight", [outputs, hidden], orElse: start()),
          rows: outputs
        ),
        bias: hasBias ? read(name + ".bias", [outputs], orElse: zeros(outputs)) : nil,
        name,
        &generator
      )
    }
    let square = hidden * hidden
    let query = random(square, &generator)
    let key = random(square, &generator)
    let transform = random(square, &generator)
    return AnswerHeads(
      carry: try layer("copy.carry", outputs: hidden, start: zeros(square), hasBias: false),
      query: try layer("copy.query", outputs: hidden, start: query, hasBias: true),
      key: try layer("copy.key", outputs: hidden, start: key, hasBias: false),
      next: try vector("copy.next", 1, 8),
      gate: try layer("copy.gate", outputs: 1, start: zeros(hidden), hasBias: true),
      transform: try layer(
        "vocabulary.transform",
        outputs: hidden,
        start: transform,
        hasBias: true
      ),
      norm: TrainableNorm(
        gamma: try vector("vocabulary.norm.weight", hidden, 1),
        beta: try vector("vocabulary.norm.bias", hidden, 0)
      ),
      output: TrainableLinear(
        .frozen(try packed(words, rows: configuration.vocabularySize)),
        bias: try TrainableVector(
          read("vocabulary.bias", [configuration.vocabularySize], orElse: startBias(roles)),
          trainedAs: isTrained ? "vocabulary.bias" : nil
        ),
        factors: []
      )
    )
  }

  private func startBias(_ roles: [Int32]) -> [Float] {
    var bias = [Float](repeating: 0, count: configuration.vocabularySize)
    // About as likely as all words together.
    for role in roles where bias.indices.contains(Int(role)) { bias[Int(role)] = 10 }
    return bias
  }
}

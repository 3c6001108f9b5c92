import Kernels
import LanguageModels

/// An encoder layer in training.
struct TrainableEncoderLayer {
  let projections: TrainableLinear
  let attentionOutput: TrainableLinear
  let attentionNorm: TrainableNorm
  let intermediate: TrainableLinear
  let output: TrainableLinear
  let outputNorm: TrainableNorm

  var linears: [TrainableLinear] { [projections, attentionOutput, intermediate, output] }

  var parameters: [Parameter] {
    linears.flatMap(\.parameters) + attentionNorm.parameters + outputNorm.parameters
  }

  /// Self-attention and feed-forward, each with a residual connection and a normalisation after it.
  ///
  /// Without `prefixes` each token sees its whole segment; with them only the first so many tokens of a
  /// segment do among themselves, and each later one sees what stands before it.
  func run(
    _ hidden: Variable,
    segments: [Range<Int>],
    prefixes: [Int]? = nil,
    _ configuration: BertConfiguration,
    _ tape: Tape
  ) throws -> Variable {
    let epsilon = configuration.layerNormEpsilon
    let context = try tape.attention(
      tape.linear(hidden, projections),
      segments: segments,
      prefixes: prefixes,
      TrainingAttention(
        heads: configuration.heads,
        keyValueHeads: configuration.heads,
        headSize: configuration.hiddenSize / configuration.heads,
        isCausal: prefixes != nil
      )
    )
    let attended = try attentionNorm.apply(
      to: tape.linear(context, attentionOutput, plus: hidden),
      epsilon: epsilon,
      tape
    )
    let inner = try tape.gelu(tape.linear(attended, intermediate))
    return try outputNorm.apply(
      to: tape.linear(inner, output, plus: attended),
      epsilon: epsilon,
      tape
    )
  }
}

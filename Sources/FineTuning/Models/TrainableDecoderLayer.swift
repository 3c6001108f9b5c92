import Kernels
import LanguageModels

/// What a layer needs to know of the pass that it is in.
struct DecoderPass {
  let configuration: DecoderConfiguration
  /// How many tokens the layer sees; all if `nil`.
  let window: Int?
  let angles: RotaryAngles
  let segments: [Range<Int>]
}

/// A decoder layer in training.
struct TrainableDecoderLayer {
  let attentionNorm: TrainableVector
  let queryKeyValue: TrainableLinear
  let queryNorm: TrainableVector?
  let keyNorm: TrainableVector?
  let attentionOutput: TrainableLinear
  let postAttentionNorm: TrainableVector?
  let feedForwardNorm: TrainableVector
  let gateUp: TrainableLinear
  let down: TrainableLinear
  let postFeedForwardNorm: TrainableVector?

  var linears: [TrainableLinear] { [queryKeyValue, attentionOutput, gateUp, down] }

  var parameters: [Parameter] {
    let norms = [
      attentionNorm, queryNorm, keyNorm, postAttentionNorm, feedForwardNorm, postFeedForwardNorm,
    ]
    return norms.compactMap { $0?.parameter } + linears.flatMap(\.parameters)
  }

  /// hidden + attention, + feed-forward, as the forward pass of the decoder has it.
  func run(_ hidden: Variable, _ pass: DecoderPass, _ tape: Tape) throws -> Variable {
    let configuration = pass.configuration
    let epsilon = configuration.normEpsilon
    let projections = try tape.linear(
      tape.rmsNorm(hidden, attentionNorm, epsilon: epsilon),
      queryKeyValue
    )
    if let queryNorm {
      try tape.rmsNormHeads(
        projections,
        column: 0,
        heads: configuration.heads,
        queryNorm,
        epsilon: epsilon
      )
    }
    if let keyNorm {
      try tape.rmsNormHeads(
        projections,
        column: configuration.querySize,
        heads: configuration.keyValueHeads,
        keyNorm,
        epsilon: epsilon
      )
    }
    try tape.rotate(
      projections,
      heads: configuration.heads + configuration.keyValueHeads,
      headSize: configuration.headSize,
      by: pass.angles
    )
    let context = try tape.attention(
      projections,
      segments: pass.segments,
      TrainingAttention(
        heads: configuration.heads,
        keyValueHeads: configuration.keyValueHeads,
        headSize: configuration.headSize,
        scale: configuration.attentionScale,
        isCausal: true,
        window: pass.window,
        softcap: configuration.attentionCap
      )
    )
    let attended = try add(attentionOutput, of: context, postAttentionNorm, to: hidden, pass, tape)
    let gateUp = try tape.linear(
      tape.rmsNorm(attended, feedForwardNorm, epsilon: epsilon),
      gateUp
    )
    let activated = try tape.gate(gateUp, configuration.activation == .silu ? .silu : .geluTanh)
    return try add(down, of: activated, postFeedForwardNorm, to: attended, pass, tape)
  }

  /// hidden + linear(input), normalised first where the model does so.
  private func add(
    _ linear: TrainableLinear,
    of input: Variable,
    _ norm: TrainableVector?,
    to hidden: Variable,
    _ pass: DecoderPass,
    _ tape: Tape
  ) throws -> Variable {
    guard let norm else { return try tape.linear(input, linear, plus: hidden) }
    let result = try tape.linear(input, linear)
    return try tape.add(
      hidden,
      tape.rmsNorm(result, norm, epsilon: pass.configuration.normEpsilon)
    )
  }
}

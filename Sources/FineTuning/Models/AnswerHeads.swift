import Kernels
import LanguageModels

/// What stands on the encoder of an answer model: from the state of an answer's row to the next token,
/// copied from the passage or drawn from the vocabulary (a pointer-generator, See et al. 2017, arXiv
/// 1704.04368).
struct AnswerHeads {
  /// What a row gets from the passage's token that its own was copied from.
  let carry: TrainableLinear
  /// With ``key``: how well each of the passage's tokens goes on.
  let query: TrainableLinear
  let key: TrainableLinear
  /// What the token behind the one copied last has in advance.
  let next: TrainableVector
  /// Whether to copy.
  let gate: TrainableLinear
  /// To the vocabulary: a layer, a norm, then the word embeddings, which stay as they are, with a bias.
  let transform: TrainableLinear
  let norm: TrainableNorm
  let output: TrainableLinear

  var linears: [TrainableLinear] { [carry, query, key, gate, transform, output] }

  var parameters: [Parameter] {
    linears.flatMap(\.parameters) + norm.parameters + [next.parameter].compactMap(\.self)
  }
}

import Kernels

/// The head of a cross-encoder, as BertForSequenceClassification has it: tanh(dense(first token)), then
/// one number.
struct PairHead {
  /// hidden → hidden
  let pooler: TrainableLinear
  /// hidden → 1; always trained
  let classifier: TrainableLinear

  var linears: [TrainableLinear] { [pooler, classifier] }
  var parameters: [Parameter] { linears.flatMap(\.parameters) }

  /// The score of each text: the logit that its passage answers its question.
  func scores(_ hidden: Variable, segments: [Range<Int>], _ tape: Tape) throws -> Variable {
    let first = try tape.rows(hidden, segments.map(\.lowerBound))
    return try tape.linear(tape.tanh(tape.linear(first, pooler)), classifier)
  }
}

import Foundation
import Kernels

/// The steps that the forward pass is made of, for weights of either kind.
extension CausalDecoder {
  /// output = input · weights + bias + residual for some rows, with what an adapter changes about it;
  /// there is no residual where that rescales.
  func apply(
    _ linear: DecoderLinear,
    _ update: DecoderUpdate?,
    to input: Matrix,
    residual: Matrix? = nil,
    rows: Range<Int>,
    into output: Matrix,
    _ scratch: DecoderScratch
  ) throws(KernelError) {
    try multiply(
      input,
      linear.weights,
      bias: linear.bias,
      residual: residual,
      rows: rows,
      into: output,
      scratch
    )
    guard let update else { return }
    if let (gains, shifts) = update.rescaling {
      try kernels.scaleColumns(output, rows: rows, gains: gains, shifts: shifts)
    }
    // The product before has left the quantised input in the scratch memory.
    try kernels.addLowRank(
      input,
      update.matrices,
      activations: scratch.activations,
      rows: rows,
      into: output,
      pool: pool
    )
  }

  /// output = input · weights + bias + residual for some rows.
  func multiply(
    _ input: Matrix,
    _ weights: DecoderMatrix,
    bias: [Float]? = nil,
    residual: Matrix? = nil,
    rows: Range<Int>,
    into output: Matrix,
    _ scratch: DecoderScratch
  ) throws(KernelError) {
    switch weights {
    case .float(let matrix):
      try kernels.linear(
        input,
        matrix,
        bias: bias,
        residual: residual,
        rows: rows,
        into: output,
        pool: pool
      )
    case .quantized(let matrix):
      guard let activations = scratch.activations else {
        throw KernelError(
          .shapeMismatch,
          "There is no room for quantised activations.",
          subject: matrix.shape,
          remedy: "Use the decoder with the weights it was made for."
        )
      }
      try kernels.quantize(input, rows: rows, into: activations, pool: pool)
      try kernels.multiply(
        activations,
        by: matrix,
        bias: bias,
        residual: residual,
        into: output,
        at: rows.lowerBound,
        pool: pool
      )
    }
  }

  /// output = input / √(mean square + ε) · weight for some rows.
  func normalize(
    _ input: Matrix,
    _ weight: [Float],
    rows: Range<Int>,
    into output: Matrix
  ) throws(KernelError) {
    try kernels.rmsNorm(
      input,
      rows: rows,
      weight: weight,
      epsilon: configuration.normEpsilon,
      into: output,
      pool: pool
    )
  }

  /// Each query and key head normalised by itself, where the model does so.
  func normalizeHeads(
    _ layer: DecoderLayer,
    rows: Range<Int>,
    _ projections: Matrix
  ) throws(KernelError) {
    for (weight, column, heads) in [
      (layer.queryNorm, 0, configuration.heads),
      (layer.keyNorm, configuration.querySize, configuration.keyValueHeads),
    ] {
      guard let weight else { continue }
      try kernels.rmsNormHeads(
        projections,
        rows: rows,
        column: column,
        heads: heads,
        weight: weight,
        epsilon: configuration.normEpsilon,
        pool: pool
      )
    }
  }

  /// Queries and keys, which lie side by side, turned by the angles of their positions.
  func rotate(
    _ projections: Matrix,
    by angles: RotaryAngles,
    rows: Range<Int>
  ) throws(KernelError) {
    try kernels.rotate(
      projections,
      rows: rows,
      column: 0,
      heads: configuration.heads + configuration.keyValueHeads,
      headSize: configuration.headSize,
      by: angles,
      pool: pool
    )
  }

  /// Puts the keys and values of some tokens into the cache of a layer and lets the queries see all
  /// that it holds.
  func attend(
    _ projections: Matrix,
    layer: Int,
    position: Int,
    rows: Range<Int>,
    _ cache: KeyValueCache,
    into context: Matrix
  ) throws(KernelError) {
    try kernels.store(
      projections,
      rows: rows,
      keyColumn: configuration.querySize,
      valueColumn: configuration.querySize + configuration.keyValueSize,
      at: position,
      in: cache.layers[layer],
      pool: pool
    )
    try kernels.attend(
      projections,
      rows: rows,
      column: 0,
      heads: configuration.heads,
      at: position,
      over: cache.layers[layer],
      scale: configuration.attentionScale,
      window: configuration.window(ofLayer: layer),
      softcap: configuration.attentionCap,
      into: context,
      pool: pool
    )
  }

  /// output = activation(gate) · up
  func activate(_ gateUp: Matrix, rows: Range<Int>, into output: Matrix) throws(KernelError) {
    try kernels.gate(
      gateUp,
      rows: rows,
      activation: configuration.activation == .silu ? .silu : .geluTanh,
      into: output,
      pool: pool
    )
  }

  /// output += input for some rows.
  func sum(_ input: Matrix, rows: Range<Int>, into output: Matrix) {
    for row in rows {
      output.withRow(row) { output in
        input.withRow(row) { input in
          for index in output.indices { output[index] += input[index] }
        }
      }
    }
  }

  /// Logits become cap · tanh(logit / cap), where the model does so.
  func cap(_ logits: inout [Float]) {
    guard let cap = configuration.logitCap else { return }
    for index in logits.indices { logits[index] = cap * tanhf(logits[index] / cap) }
  }
}

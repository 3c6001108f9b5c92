import Kernels

/// Remembers what a forward pass computed, and runs it backwards.
///
/// Each operation computes its result at once and, while the tape records, leaves a step for the way
/// back: from the gradient of its result to those of what went in and of its parameters. Operations
/// are coarse, a linear layer or an attention layer each, so the tape costs nothing beside them. A
/// step is forgotten as soon as it was run, and with it what it kept.
///
/// The operations stand in extensions, grouped as layers are.
final class Tape {
  let kernels: KernelSet
  let pool: WorkerPool
  /// Whether operations leave steps; without, only results are computed.
  let isRecording: Bool
  private var steps: [() throws -> Void] = []

  init(kernels: KernelSet, pool: WorkerPool, isRecording: Bool) {
    self.kernels = kernels
    self.pool = pool
    self.isRecording = isRecording
  }

  /// Leaves a step for the way back.
  func record(_ step: @escaping () throws -> Void) {
    steps.append(step)
  }

  /// Runs all steps, the last first.
  func runBack() throws {
    while let step = steps.popLast() { try step() }
  }

  /// A result that nothing trained lies before.
  func constant(_ value: Matrix) -> Variable {
    Variable(value, isTracked: false)
  }

  /// An operation that keeps only its input on the forward pass and computes the rest again on the way
  /// back: activation checkpointing (Chen et al. 2016, arXiv 1604.06174).
  ///
  /// - Parameters:
  ///   - input: what goes in.
  ///   - body: the operation; run twice, to the same result.
  /// - Returns: its result.
  /// - Throws: what the operation throws.
  func checkpoint(
    _ input: Variable,
    _ body: @escaping (Tape, Variable) throws -> Variable
  ) throws -> Variable {
    guard isRecording else { return try body(self, input) }
    let silent = Tape(kernels: kernels, pool: pool, isRecording: false)
    let output = Variable(
      try body(silent, silent.constant(try input.value)).value,
      isTracked: true
    )
    record { [self] in
      guard let gradient = output.gradient else { return }
      let again = Tape(kernels: kernels, pool: pool, isRecording: true)
      let start = Variable(try input.value, isTracked: input.isTracked)
      try body(again, start).give(gradient, again)
      try again.runBack()
      if let part = start.gradient { try input.give(part, self) }
    }
    return output
  }

  /// Whether a result of these inputs and parameters has to be tracked.
  func tracks(_ inputs: Variable?..., parameters: Bool = false) -> Bool {
    isRecording && (parameters || inputs.contains { $0?.isTracked == true })
  }
}

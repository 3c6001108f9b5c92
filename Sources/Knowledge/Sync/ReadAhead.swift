import Foundation

/// Runs work on numbered items on threads of its own, some ahead of the thread that takes what comes out.
///
/// What comes out is taken in the order of the items, so that the same items give the same result; but
/// where an item gives nothing for a while, what is ready of others goes first. How much may wait to be
/// taken is bounded: the threads wait then, all but the one whose turn it is.
package final class ReadAhead<Output: Sendable>: @unchecked Sendable {
  /// Thrown by `emit` when nobody takes any more.
  package struct Stopped: Error {}

  private final class Slot {
    var outputs: ArraySlice<Output> = []
    var isFinished = false
  }

  // All below is guarded by `condition`.
  private let condition = NSCondition()
  private var slots: [Int: Slot] = [:]
  private var next = 0
  private var turn: Int?
  private var weight = 0
  private var isStopped = false
  private var failure: (any Error)?

  private let count: Int
  private let limit: Int
  private let patience: Double
  private let weigh: @Sendable (Output) -> Int

  /// - Parameters:
  ///   - count: How many items there are.
  ///   - threads: How many are worked on at once.
  ///   - limit: How much weight may wait to be taken.
  ///   - patience: How long an item may keep what is ready of others waiting, in seconds.
  ///   - weigh: What an output weighs.
  ///   - work: Works on the item with a number and emits what comes out.
  package init(
    count: Int,
    threads: Int,
    limit: Int,
    patience: Double = 1,
    weigh: @escaping @Sendable (Output) -> Int,
    work: @escaping @Sendable (Int, _ emit: (Output) throws -> Void) throws -> Void
  ) {
    self.count = count
    self.limit = limit
    self.patience = patience
    self.weigh = weigh
    for _ in 0..<min(threads, count) {
      let thread = Thread { [self] in run(work) }
      // As deep as the main thread's: readers recurse as documents are nested.
      thread.stackSize = 8 << 20
      thread.name = "attune.read"
      thread.start()
    }
  }

  /// What comes out next; nil when all is done. Throws what an item's work threw.
  package func take() throws -> Output? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let failure { throw failure }
      if let turn, let slot = slots[turn] {
        if let output = slot.outputs.popFirst() {
          weight -= weigh(output)
          condition.broadcast()
          return output
        }
        if slot.isFinished {
          slots[turn] = nil
          self.turn = nil
        }
      }
      if turn == nil {
        turn = slots.keys.min()
        if turn != nil {
          condition.broadcast()
          continue
        }
        if next >= count { return nil }
      }
      if !condition.wait(until: Date(timeIntervalSinceNow: patience)) {
        turn = slots.filter { !$0.value.outputs.isEmpty }.keys.min() ?? turn
        condition.broadcast()
      }
    }
  }

  /// Lets the threads end; what they have not emitted yet is not wanted any more.
  package func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }

  private func run(_ work: (Int, (Output) throws -> Void) throws -> Void) {
    while let (index, slot) = begin() {
      do {
        try work(index) { try emit($0, to: slot, of: index) }
      } catch {
        condition.lock()
        if !(error is Stopped) { failure = failure ?? error }
        isStopped = true
        condition.broadcast()
        condition.unlock()
        return
      }
      condition.lock()
      slot.isFinished = true
      condition.broadcast()
      condition.unlock()
    }
  }

  private func begin() -> (Int, Slot)? {
    condition.lock()
    defer { condition.unlock() }
    guard !isStopped, next < count else { return nil }
    let slot = Slot()
    slots[next] = slot
    next += 1
    return (next - 1, slot)
  }

  private func emit(_ output: Output, to slot: Slot, of index: Int) throws {
    condition.lock()
    defer { condition.unlock() }
    while weight >= limit, turn != index, !isStopped { condition.wait() }
    guard !isStopped else { throw Stopped() }
    slot.outputs.append(output)
    weight += weigh(output)
    condition.broadcast()
  }
}

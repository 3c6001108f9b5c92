import Foundation
import Knowledge
import Synchronization
import Testing

struct ReadAheadTests {
  private struct Fault: Error {}

  private func all(_ ahead: ReadAhead<Int>) throws -> [Int] {
    var result: [Int] = []
    while let value = try ahead.take() { result.append(value) }
    return result
  }

  @Test(arguments: [1, 2, 3, 8])
  func everythingComesOutInTheOrderOfTheItems(threads: Int) throws {
    let ahead = ReadAhead<Int>(count: 100, threads: threads, limit: 7, weigh: { _ in 1 }) {
      index,
      emit in
      for step in 0..<(index % 5) { try emit(index * 10 + step) }
    }
    let expected = (0..<100).flatMap { index in (0..<(index % 5)).map { index * 10 + $0 } }
    #expect(try all(ahead) == expected)
  }

  @Test func nothingToDoEndsAtOnce() throws {
    let ahead = ReadAhead<Int>(count: 0, threads: 2, limit: 1, weigh: { _ in 1 }) { _, _ in }
    #expect(try ahead.take() == nil)
  }

  @Test func aSlowItemDoesNotHoldUpTheOthers() throws {
    let gate = DispatchSemaphore(value: 0)
    let ahead = ReadAhead<Int>(
      count: 4,
      threads: 2,
      limit: 2,
      patience: 0.01,
      weigh: { _ in 1 }
    ) { index, emit in
      if index == 0 { gate.wait() }
      try emit(index)
    }
    let first = try (0..<3).map { _ in try ahead.take() }
    #expect(first == [1, 2, 3])
    gate.signal()
    #expect(try ahead.take() == 0)
    #expect(try ahead.take() == nil)
  }

  @Test func whatWaitsIsBounded() throws {
    let emitted = Atomic(0)
    let ahead = ReadAhead<Int>(count: 50, threads: 4, limit: 5, weigh: { _ in 1 }) { index, emit in
      for _ in 0..<20 {
        try emit(index)
        emitted.add(1, ordering: .relaxed)
      }
    }
    var taken = 0
    while try ahead.take() != nil {
      taken += 1
      // Each thread may have one on its hands beyond what waits, and whose turn it is goes on.
      #expect(emitted.load(ordering: .relaxed) - taken <= 5 + 20 + 4)
    }
    #expect(taken == 1000)
  }

  @Test func aFaultReachesTheOneWhoTakes() {
    let ahead = ReadAhead<Int>(count: 10, threads: 2, limit: 5, weigh: { _ in 1 }) { index, emit in
      if index == 3 { throw Fault() }
      try emit(index)
    }
    #expect(throws: Fault.self) { try all(ahead) }
  }

  @Test func stoppingLetsTheThreadsGo() throws {
    let running = Atomic(0)
    let done = DispatchSemaphore(value: 0)
    let ahead = ReadAhead<Int>(count: 10, threads: 2, limit: 1, weigh: { _ in 1 }) { _, emit in
      running.add(1, ordering: .relaxed)
      defer { done.signal() }
      for value in 0..<1000 { try emit(value) }
    }
    _ = try ahead.take()
    ahead.stop()
    #expect(done.wait(timeout: .now() + 10) == .success)
  }
}

import Kernels
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  private struct Broken: Error, Equatable {
    var part: Int
  }

  @Test(arguments: [1, 2, 3, 8])
  func everyPartRunsExactlyOnce(threads: Int) {
    let pool = WorkerPool(threads: threads)
    #expect(pool.threadCount == threads)
    for parts in [0, 1, 2, 7, 100] {
      for _ in 0..<200 {
        let counts = Mutex([Int](repeating: 0, count: parts))
        pool.run(parts: parts) { part in counts.withLock { $0[part] += 1 } }
        #expect(counts.withLock { $0 } == [Int](repeating: 1, count: parts))
      }
    }
  }

  @Test func nestedJobsRunInlineOnWhicheverPool() {
    let outer = WorkerPool(threads: 3)
    let inner = WorkerPool(threads: 3)
    let sum = Atomic<Int>(0)
    for _ in 0..<50 {
      outer.run(parts: 6) { _ in
        #expect(outer.availableThreads == 1)
        inner.run(parts: 5) { _ in
          outer.run(parts: 4) { _ in sum.add(1, ordering: .relaxed) }
        }
      }
    }
    #expect(sum.load(ordering: .relaxed) == 50 * 6 * 5 * 4)
    #expect(outer.availableThreads == 3)
  }

  @Test func callersFromManyTasksAllGetTheirWorkDone() async {
    let pool = WorkerPool(threads: 2)
    let totals = await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          let sum = Atomic<Int>(0)
          for _ in 0..<100 {
            pool.run(parts: 10) { part in sum.add(part + task, ordering: .relaxed) }
          }
          return sum.load(ordering: .relaxed) - 100 * (45 + 10 * task)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(totals == [Int](repeating: 0, count: 8))
  }

  @Test func theErrorOfTheLowestPartIsThrownAfterAllPartsRan() {
    let pool = WorkerPool(threads: 4)
    for _ in 0..<50 {
      let ran = Atomic<Int>(0)
      #expect(throws: Broken(part: 3)) {
        try pool.run(parts: 20) { part in
          ran.add(1, ordering: .relaxed)
          if part >= 3 { throw Broken(part: part) }
        }
      }
      #expect(ran.load(ordering: .relaxed) == 20)
    }
  }

  @Test(arguments: [0, 1, 5, 64, 1001])
  func rangesCoverEverythingOnceAndRespectTheGrain(count: Int) {
    let pool = WorkerPool(threads: 4)
    let seen = Mutex<[Range<Int>]>([])
    pool.ranges(count: count, grain: 16) { range in seen.withLock { $0.append(range) } }
    let ranges = seen.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    #expect(ranges.flatMap { Array($0) } == Array(0..<count))
    #expect(ranges.count <= 4)
    #expect(ranges.count <= 1 || ranges.allSatisfy { $0.count >= 16 })
  }
}

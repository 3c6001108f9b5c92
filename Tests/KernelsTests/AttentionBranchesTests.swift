import Foundation
import Kernels
import TestSupport
import Testing

/// Attention of branches that share a beginning, in every version.
@Suite struct AttentionBranchesTests {
  @Test(arguments: KernelSet.supported)
  func rowsSeeTheirGroupsCacheAndTheirOwnPast(variant: KernelVariant) throws {
    let kernels = try KernelSet(variant)
    let pool = WorkerPool(threads: 2)
    let (heads, size, columns) = (3, 20, 60)
    var random = SplitMix64(seed: 4)
    let lengths = [5, 300, 1]
    // The caches' tokens first, then rows of branches: two old ones, and three groups of new ones.
    let prefixes = try lengths.map {
      try Matrix(rows: $0, columns: 3 * columns, values: random.floats($0 * 3 * columns))
    }
    let rows = 2 + 1 + 14 + 2
    let projections = try Matrix(
      rows: rows,
      columns: 3 * columns,
      values: random.floats(rows * 3 * columns)
    )
    let ranges = [2..<3, 3..<17, 17..<19]
    let past = (2..<rows).map { $0 % 3 == 0 ? [0, 1, $0] : $0 % 3 == 1 ? [$0] : [] }
    let context = Matrix(rows: rows, columns: columns)
    var groups: [AttentionBranches] = []
    for (prefix, range) in zip(prefixes, ranges) {
      let cache = try AttentionCache(
        heads: heads,
        headSize: size,
        capacity: prefix.rows,
        precision: .float32
      )
      try kernels.store(
        prefix,
        rows: 0..<prefix.rows,
        keyColumn: columns,
        valueColumn: 2 * columns,
        at: 0,
        in: cache,
        pool: pool
      )
      groups.append(AttentionBranches(cache: cache, positions: prefix.rows, rows: range))
    }
    try kernels.attend(projections, groups: groups, past: past, into: context, pool: pool)
    for (prefix, range) in zip(prefixes, ranges) {
      for row in range {
        let seen =
          (0..<prefix.rows).map { prefix.row($0) } + past[row - 2].map { projections.row($0) }
        let expected = Self.attend(projections.row(row), seen, heads: heads, size: size)
        for (found, expected) in zip(context.row(row), expected) {
          #expect(abs(found - expected) <= 1e-5)
        }
      }
    }
    #expect(context.row(0).allSatisfy { $0 == 0 })
  }

  private static func attend(
    _ row: [Float],
    _ seen: [[Float]],
    heads: Int,
    size: Int
  ) -> [Float] {
    let columns = heads * size
    return (0..<columns).map { column in
      let first = column / size * size
      let scores = seen.map { other in
        (first..<first + size).reduce(0) { $0 + Double(row[$1]) * Double(other[columns + $1]) }
          / Double(size).squareRoot()
      }
      let powers = scores.map { exp($0 - (scores.max() ?? 0)) }
      let sum = zip(powers, seen).reduce(0) { $0 + $1.0 * Double($1.1[2 * columns + column]) }
      return Float(sum / powers.reduce(0, +))
    }
  }

  @Test func shapesThatDoNotFitAreRefused() throws {
    let kernels = try KernelSet.active()
    let pool = WorkerPool(threads: 1)
    let cache = try AttentionCache(heads: 2, headSize: 4, capacity: 8, precision: .float32)
    let projections = Matrix(rows: 3, columns: 24)
    let context = Matrix(rows: 3, columns: 8)
    let group = { AttentionBranches(cache: cache, positions: $0, rows: $1) }
    for (groups, past) in [
      ([group(8, 0..<4)], [[], [], [], []]), ([group(0, 0..<1)], [[]]), ([group(33, 0..<1)], [[]]),
      ([group(8, 0..<2)], [[]]), ([group(8, 0..<1)], [[3]]), ([group(8, 0..<1)], [[-1]]),
    ] as [([AttentionBranches], [[Int]])] {
      #expect(throws: KernelError.self) {
        try kernels.attend(projections, groups: groups, past: past, into: context, pool: pool)
      }
    }
    #expect(throws: KernelError.self) {
      try kernels.attend(
        projections,
        groups: [group(8, 0..<1)],
        past: [[]],
        into: Matrix(rows: 3, columns: 12),
        pool: pool
      )
    }
  }
}

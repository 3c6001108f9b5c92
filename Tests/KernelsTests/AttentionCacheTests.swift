import Foundation
import Kernels
import TestSupport
import Testing

/// Attention over a cache of keys and values, in every version.
@Suite(.serialized) struct AttentionCacheTests {
  static let cases = KernelSet.supported.flatMap { variant in
    AttentionCache.Precision.allCases.map { (variant, $0) }
  }

  /// One layer's projections of a sequence and what to do with them.
  private struct Layer {
    let heads: Int
    let keyHeads: Int
    let size: Int
    let tokens: Int
    var window: Int?
    var softcap: Float?
    let projections: Matrix

    init(
      _ random: inout SplitMix64,
      heads: Int,
      keyHeads: Int,
      size: Int,
      tokens: Int,
      precision: AttentionCache.Precision
    ) throws {
      self.heads = heads
      self.keyHeads = keyHeads
      self.size = size
      self.tokens = tokens
      let columns = (heads + 2 * keyHeads) * size
      var values = random.floats(tokens * columns)
      if precision == .float16 {
        // Numbers that f16 holds, so that only the arithmetic is compared.
        values = values.map { ($0 * 64).rounded() / 64 }
      }
      projections = try Matrix(rows: tokens, columns: columns, values: values)
    }

    var keyColumn: Int { heads * size }
    var valueColumn: Int { (heads + keyHeads) * size }
    var scale: Float { 1 / Float(size).squareRoot() }

    /// Runs the tokens through a cache, so many at a time.
    func run(
      _ kernels: KernelSet,
      steps: [Int],
      capacity: Int,
      precision: AttentionCache.Precision,
      threads: Int = 1
    ) throws -> [[Float]] {
      let cache = try AttentionCache(
        heads: keyHeads,
        headSize: size,
        capacity: capacity,
        precision: precision
      )
      let pool = WorkerPool(threads: threads)
      let context = Matrix(rows: tokens, columns: heads * size)
      var first = 0
      for step in steps {
        let rows = first..<first + step
        try kernels.store(
          projections,
          rows: rows,
          keyColumn: keyColumn,
          valueColumn: valueColumn,
          at: first,
          in: cache,
          pool: pool
        )
        try kernels.attend(
          projections,
          rows: rows,
          column: 0,
          heads: heads,
          at: first,
          over: cache,
          scale: scale,
          window: window,
          softcap: softcap,
          into: context,
          pool: pool
        )
        first += step
      }
      return (0..<first).map { context.row($0) }
    }

    /// The same from the definition.
    func expected() -> [[Double]] {
      let rows = (0..<tokens).map { projections.row($0).map(Double.init) }
      return rows.indices.map { token in
        (0..<heads).flatMap { head -> [Double] in
          let query = head * size
          let key = keyColumn + head * keyHeads / heads * size
          let value = valueColumn + head * keyHeads / heads * size
          let seen = max(0, token - (window ?? tokens) + 1)...token
          let scores = seen.map { other in
            var score = (0..<size).reduce(0.0) {
              $0 + rows[token][query + $1] * rows[other][key + $1]
            }
            score *= Double(scale)
            if let softcap { score = Double(softcap) * tanh(score / Double(softcap)) }
            return score
          }
          let weights = Reference.softmax(scores)
          return (0..<size).map { index in
            zip(seen, weights).reduce(0.0) { $0 + $1.1 * rows[$1.0][value + index] }
          }
        }
      }
    }
  }

  private func check(_ found: [[Float]], _ expected: [[Double]], _ comment: Comment) {
    for (found, expected) in zip(found, expected) {
      for (found, expected) in zip(found, expected) {
        #expect(abs(Double(found) - expected) <= 1e-5, comment)
      }
    }
  }

  @Test(arguments: cases)
  func aBlockMatches(variant: KernelVariant, precision: AttentionCache.Precision) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 41)
    for (heads, keyHeads, size, tokens) in [
      (1, 1, 1, 3), (2, 2, 5, 40), (9, 3, 64, 33), (8, 1, 16, 65), (14, 2, 33, 29), (3, 3, 96, 12),
    ] {
      let layer = try Layer(
        &random,
        heads: heads,
        keyHeads: keyHeads,
        size: size,
        tokens: tokens,
        precision: precision
      )
      let found = try layer.run(kernels, steps: [tokens], capacity: tokens, precision: precision)
      check(found, layer.expected(), "\(heads) heads of \(size)")
    }
  }

  @Test(arguments: cases)
  func windowsAndCapsMatch(variant: KernelVariant, precision: AttentionCache.Precision) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 42)
    var layer = try Layer(
      &random,
      heads: 2,
      keyHeads: 1,
      size: 24,
      tokens: 300,
      precision: precision
    )
    for (window, softcap): (Int?, Float?) in [(1, nil), (7, nil), (40, 5), (270, nil), (nil, 2)] {
      layer.window = window
      layer.softcap = softcap
      let found = try layer.run(
        kernels,
        steps: [100, 1, 180, 19],
        capacity: 300,
        precision: precision,
        threads: 2
      )
      check(found, layer.expected(), "window \(window ?? 0), cap \(softcap ?? 0)")
    }
  }

  @Test(arguments: cases)
  func oneByOneGivesTheSameBits(
    variant: KernelVariant,
    precision: AttentionCache.Precision
  ) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 43)
    var layer = try Layer(
      &random,
      heads: 4,
      keyHeads: 2,
      size: 20,
      tokens: 600,
      precision: precision
    )
    // The reference is slow; one window is enough for it.
    for window in variant == .scalar ? [290] : [nil, 290] {
      layer.window = window
      let whole = try layer.run(kernels, steps: [600], capacity: 600, precision: precision)
      let shared = try layer.run(
        kernels,
        steps: [599, 1],
        capacity: 600,
        precision: precision,
        threads: 3
      )
      #expect(whole == shared)
      let single = try layer.run(
        kernels,
        steps: [5] + [Int](repeating: 1, count: 260) + [255] + [Int](repeating: 1, count: 80),
        capacity: 600,
        precision: precision,
        threads: 2
      )
      #expect(whole == single)
    }
  }

  @Test(arguments: cases)
  func aRingForgetsWhatTheWindowDoesNotNeed(
    variant: KernelVariant,
    precision: AttentionCache.Precision
  ) throws {
    let kernels = try KernelSet(variant)
    var random = SplitMix64(seed: 44)
    var layer = try Layer(
      &random,
      heads: 2,
      keyHeads: 1,
      size: 16,
      tokens: 500,
      precision: precision
    )
    layer.window = 50
    let expected = layer.expected()
    for (steps, capacity) in [
      ([Int](repeating: 1, count: 500), 50), ([Int](repeating: 20, count: 25), 69),
      ([1, 99, 100, 100, 100, 100], 149), ([46, 300, 154], 349),
    ] {
      let found = try layer.run(kernels, steps: steps, capacity: capacity, precision: precision)
      check(found, expected, "capacity \(capacity)")
    }
  }

  @Test func anEarlierPositionCanBeTakenAgain() throws {
    let kernels = try KernelSet.active()
    var random = SplitMix64(seed: 45)
    let layer = try Layer(
      &random,
      heads: 2,
      keyHeads: 1,
      size: 8,
      tokens: 40,
      precision: .float32
    )
    let pool = WorkerPool(threads: 1)
    let cache = try AttentionCache(heads: 1, headSize: 8, capacity: 64, precision: .float32)
    let context = Matrix(rows: 40, columns: 16)
    // First other keys, then, from position 10 on, the right ones.
    for (rows, position) in [(0..<40, 0), (20..<40, 10), (10..<40, 10)] {
      try kernels.store(
        layer.projections,
        rows: rows,
        keyColumn: layer.keyColumn,
        valueColumn: layer.valueColumn,
        at: position,
        in: cache,
        pool: pool
      )
    }
    try kernels.attend(
      layer.projections,
      rows: 0..<40,
      column: 0,
      heads: 2,
      at: 0,
      over: cache,
      scale: layer.scale,
      into: context,
      pool: pool
    )
    check((0..<40).map { context.row($0) }, layer.expected(), "taken again")
  }

  @Test func layersInOneBlockKeepApart() throws {
    let kernels = try KernelSet.active()
    var random = SplitMix64(seed: 46)
    let pool = WorkerPool(threads: 1)
    let capacities = [33, 70, 40]
    let caches = try AttentionCache.layers(
      capacities: capacities,
      heads: 2,
      headSize: 20,
      precision: .float16
    )
    #expect(caches.map(\.capacity) == [64, 96, 64])
    let sequences = try caches.map { _ in
      try Layer(
        &random,
        heads: 4,
        keyHeads: 2,
        size: 20,
        tokens: 33,
        precision: .float16
      )
    }
    for (layer, cache) in zip(sequences, caches) {
      let bytes = try AttentionCache.byteCount(
        heads: 2,
        headSize: 20,
        capacity: cache.capacity,
        precision: .float16
      )
      #expect(cache.byteCount == bytes)
      try kernels.store(
        layer.projections,
        rows: 0..<33,
        keyColumn: layer.keyColumn,
        valueColumn: layer.valueColumn,
        at: 0,
        in: cache,
        pool: pool
      )
    }
    for (layer, cache) in zip(sequences, caches) {
      let context = Matrix(rows: 33, columns: 80)
      try kernels.attend(
        layer.projections,
        rows: 0..<33,
        column: 0,
        heads: 4,
        at: 0,
        over: cache,
        scale: layer.scale,
        into: context,
        pool: pool
      )
      check((0..<33).map { context.row($0) }, layer.expected(), "one block")
    }
    for capacities in [[10, 0], [1 << 30, 1 << 30, .max]] {
      #expect(throws: KernelError.self) {
        try AttentionCache.layers(
          capacities: capacities,
          heads: 1,
          headSize: 1,
          precision: .float32
        )
      }
    }
  }

  @Test func whatTheCacheNoLongerHoldsIsAnError() throws {
    let kernels = try KernelSet.active()
    let pool = WorkerPool(threads: 1)
    let cache = try AttentionCache(heads: 2, headSize: 4, capacity: 60, precision: .float16)
    #expect(cache.capacity == 64)
    let rows = Matrix(rows: 70, columns: 32)
    let context = Matrix(rows: 70, columns: 16)
    func attend(
      _ count: Int,
      at position: Int,
      heads: Int = 4,
      window: Int? = nil,
      scale: Float = 1
    ) throws {
      try kernels.attend(
        rows,
        rows: 0..<count,
        column: 0,
        heads: heads,
        at: position,
        over: cache,
        scale: scale,
        window: window,
        into: context,
        pool: pool
      )
    }
    #expect(throws: KernelError.self) { try attend(65, at: 0) }
    #expect(throws: KernelError.self) { try attend(1, at: 64) }
    #expect(throws: KernelError.self) { try attend(2, at: 100, window: 64) }
    #expect(throws: KernelError.self) { try attend(1, at: -1) }
    #expect(throws: KernelError.self) { try attend(1, at: 0, window: 0) }
    #expect(throws: KernelError.self) { try attend(1, at: 0, heads: 3) }
    #expect(throws: KernelError.self) { try attend(1, at: .max) }
    #expect(throws: KernelError.self) { try attend(1, at: 0, scale: 0) }
    #expect(throws: KernelError.self) { try attend(1, at: 0, scale: .nan) }
    #expect(throws: KernelError.self) {
      try kernels.store(
        rows,
        rows: 0..<65,
        keyColumn: 0,
        valueColumn: 8,
        at: 0,
        in: cache,
        pool: pool
      )
    }
    #expect(throws: KernelError.self) {
      try kernels.store(
        rows,
        rows: 0..<1,
        keyColumn: 0,
        valueColumn: 25,
        at: 0,
        in: cache,
        pool: pool
      )
    }
    #expect(throws: KernelError.self) {
      try AttentionCache(heads: 1 << 30, headSize: 4, capacity: .max, precision: .float16)
    }
    #expect(throws: KernelError.self) {
      try AttentionCache(heads: 1, headSize: 0, capacity: 1, precision: .float16)
    }
  }
}

import Kernels
import TestSupport
import Testing

@Suite struct TrainingAttentionTests {
  static let layers = [
    TrainingAttention(heads: 4, keyValueHeads: 2, headSize: 6, isCausal: true),
    TrainingAttention(heads: 2, keyValueHeads: 2, headSize: 5, scale: 0.7, isCausal: false),
    TrainingAttention(heads: 3, keyValueHeads: 1, headSize: 17, isCausal: true, window: 20),
    TrainingAttention(heads: 2, keyValueHeads: 1, headSize: 8, isCausal: true, softcap: 2),
    TrainingAttention(
      heads: 2,
      keyValueHeads: 2,
      headSize: 4,
      isCausal: false,
      window: 3,
      softcap: 1
    ),
  ]

  /// Lengths on both sides of a block of rows and of a panel; a row between belongs to no segment.
  static let segments = [0..<1, 1..<6, 7..<40, 40..<157]
  static let tokens = 158

  /// Query, key and value side by side in one matrix.
  struct Case {
    let projections: Matrix
    let query, key, value: MatrixView

    init(_ layer: TrainingAttention, seed: UInt64) throws {
      var random = SplitMix64(seed: seed)
      let (wide, narrow) = (layer.heads * layer.headSize, layer.keyValueHeads * layer.headSize)
      projections = try Matrix(
        rows: TrainingAttentionTests.tokens,
        columns: wide + 2 * narrow,
        using: &random
      )
      query = MatrixView(projections, columns: 0..<wide)
      key = MatrixView(projections, columns: wide..<wide + narrow)
      value = MatrixView(projections, columns: wide + narrow..<wide + 2 * narrow)
    }
  }

  @Test(arguments: layers)
  func theReferenceMatchesDifferences(layer: TrainingAttention) throws {
    let all = try Case(layer, seed: 61)
    let tokens = 0..<7
    let (query, key, value) = (
      Array(all.query.doubles[tokens]), Array(all.key.doubles[tokens]),
      Array(all.value.doubles[tokens])
    )
    var random = SplitMix64(seed: 62)
    let gradient = query.map { $0.map { _ in random.normal() } }
    let found = TrainingReference.attendBackward(
      query,
      key,
      value,
      gradient: gradient,
      layer,
      prefix: 3
    )
    func loss(_ query: [[Double]], _ key: [[Double]], _ value: [[Double]]) -> Double {
      let context = TrainingReference.attend(query, key, value, layer, prefix: 3)
      return zip(context.joined(), gradient.joined()).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let wide = layer.heads * layer.headSize
    let narrow = layer.keyValueHeads * layer.headSize
    let differences = [
      FiniteDifferences.gradient(at: query.flatMap(\.self)) {
        loss(rows($0, of: wide), key, value)
      },
      FiniteDifferences.gradient(at: key.flatMap(\.self)) {
        loss(query, rows($0, of: narrow), value)
      },
      FiniteDifferences.gradient(at: value.flatMap(\.self)) {
        loss(query, key, rows($0, of: narrow))
      },
    ]
    for (found, expected) in zip([found.query, found.key, found.value], differences) {
      #expect(FiniteDifferences.error(found.flatMap(\.self), expected) < 1e-6)
    }
  }

  @Test(arguments: KernelSet.supported, layers)
  func kernelsMatchTheReference(variant: KernelVariant, layer: TrainingAttention) throws {
    let kernels = try KernelSet(variant)
    let pool = WorkerPool(threads: 2)
    let all = try Case(layer, seed: 63)
    let wide = layer.heads * layer.headSize
    var random = SplitMix64(seed: 64)
    let gradient = try Matrix(rows: Self.tokens, columns: wide, using: &random)
    for prefixes in [nil, [0, 3, 40, 60]] {
      let context = Matrix(rows: Self.tokens, columns: wide)
      context.fill(9)
      try kernels.attend(
        all.query,
        all.key,
        all.value,
        segments: Self.segments,
        prefixes: prefixes,
        layer,
        into: context,
        pool: pool
      )
      let gradients = try Case(layer, seed: 65)
      gradients.projections.fill(9)
      try kernels.attendBackward(
        all.query,
        all.key,
        all.value,
        context: context,
        gradient: gradient,
        segments: Self.segments,
        prefixes: prefixes,
        layer,
        intoQuery: gradients.query,
        key: gradients.key,
        value: gradients.value,
        pool: pool
      )
      for row in [6, 157] {
        #expect(context.row(row).allSatisfy { $0 == 9 }, "no segment has row \(row)")
        #expect(gradients.projections.row(row).allSatisfy { $0 == 9 })
      }
      for (index, segment) in Self.segments.enumerated() {
        let prefix = prefixes?[index] ?? 0
        let query = Array(all.query.doubles[segment])
        let key = Array(all.key.doubles[segment])
        let value = Array(all.value.doubles[segment])
        let expected = TrainingReference.attend(query, key, value, layer, prefix: prefix)
        let back = TrainingReference.attendBackward(
          query,
          key,
          value,
          gradient: Array(gradient.doubles[segment]),
          layer,
          prefix: prefix
        )
        for (found, expected) in [
          (MatrixView(context), expected), (gradients.value, back.value),
          // The first segment has one token, whose gradients of query and key are rounding errors.
          (gradients.query, segment.count > 1 ? back.query : nil),
          (gradients.key, segment.count > 1 ? back.key : nil),
        ] {
          guard let expected else { continue }
          let values = found.doubles[segment].flatMap(\.self)
          #expect(
            FiniteDifferences.error(values, expected.flatMap(\.self)) < 1e-5,
            "segment \(segment)"
          )
        }
      }
    }
  }

  @Test func threadsDoNotChangeGradients() throws {
    let kernels = try KernelSet.active()
    let layer = Self.layers[0]
    let all = try Case(layer, seed: 66)
    let results = try [1, 2, 4].map { threads in
      let pool = WorkerPool(threads: threads)
      let context = Matrix(rows: Self.tokens, columns: 24)
      let gradients = try Case(layer, seed: 67)
      try kernels.attend(
        all.query,
        all.key,
        all.value,
        segments: Self.segments,
        layer,
        into: context,
        pool: pool
      )
      try kernels.attendBackward(
        all.query,
        all.key,
        all.value,
        context: context,
        gradient: context,
        segments: Self.segments,
        layer,
        intoQuery: gradients.query,
        key: gradients.key,
        value: gradients.value,
        pool: pool
      )
      return gradients.projections.flat
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func shapesThatDoNotFitAreRefused() throws {
    let kernels = try KernelSet.active()
    let all = try Case(Self.layers[0], seed: 68)
    let context = Matrix(rows: Self.tokens, columns: 24)
    func attend(_ segments: [Range<Int>], _ layer: TrainingAttention, _ prefixes: [Int]? = nil)
      throws
    {
      try kernels.attend(
        all.query,
        all.key,
        all.value,
        segments: segments,
        prefixes: prefixes,
        layer,
        into: context,
        pool: WorkerPool(threads: 1)
      )
    }
    try attend([0..<10, 10..<20], Self.layers[0])
    #expect(throws: KernelError.self) { try attend([0..<10, 9..<20], Self.layers[0]) }
    #expect(throws: KernelError.self) { try attend([0..<159], Self.layers[0]) }
    #expect(throws: KernelError.self) { try attend([0..<9], Self.layers[1]) }
    #expect(throws: KernelError.self) { try attend([0..<9], Self.layers[0], [1, 2]) }
    var layer = Self.layers[0]
    layer.keyValueHeads = 3
    #expect(throws: KernelError.self) { try attend([0..<9], layer) }
  }
}

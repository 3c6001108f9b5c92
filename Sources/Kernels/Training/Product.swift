import CKernels

/// A general matrix product, cut into parts for threads and into blocks for the caches.
///
/// Sendable without checks: lives for one ``KernelSet`` call, whose caller keeps the matrices alive;
/// each part writes its own rows and columns.
struct Product: @unchecked Sendable {
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let c: UnsafeMutablePointer<Float>
  let lda: Int
  let ldb: Int
  let ldc: Int
  let m: Int
  let n: Int
  let k: Int
  let transposesA: Bool
  let transposesB: Bool
  let scale: Float
  let adds: Bool

  /// Terms of a sum that are taken at once, and panels of b: both stay in the second-level cache.
  private static let depth = 512
  private static let width = 8
  /// Rows of a transposed `a` that are turned at once.
  private static let height = 384
  /// With fewer columns turning the rows of a transposed `a` costs more than it saves, and with
  /// fewer rows so does packing b.
  private static let fewColumns = 96
  private static let fewRows = 48

  func run(kernels: KernelSet, pool: WorkerPool) {
    let panels = PackedMatrix.panels(n)
    let threads = pool.availableThreads
    let columnParts = max(1, min(threads, panels / 4))
    let rowParts = max(1, min((threads + columnParts - 1) / columnParts, m / 24))
    pool.run(parts: columnParts * rowParts) { part in
      run(
        rows: WorkerPool.slice(part / columnParts, of: rowParts, count: m),
        panels: WorkerPool.slice(part % columnParts, of: columnParts, count: panels),
        kernels: kernels
      )
    }
  }

  private func run(rows: Range<Int>, panels: Range<Int>, kernels: KernelSet) {
    let depth = min(Self.depth, max(1, k))
    let width = min(Self.width, panels.count) * CK.panelWidth
    let turns = transposesA && panels.count * CK.panelWidth >= Self.fewColumns
    let height = turns ? min(Self.height, rows.count) : rows.count
    let stride = Self.stride(depth)
    let scratch = FloatBuffer(
      count: depth * width + (turns ? height * (stride + CK.panelWidth) : 0),
      isZeroed: false
    )
    let turned = scratch.base + depth * width
    var row = rows.lowerBound
    while row < rows.upperBound {
      let mine = row..<min(rows.upperBound, row + height)
      var first = 0
      repeat {
        let terms = first..<min(k, first + depth)
        if turns { turn(mine, terms, into: turned, stride, turned + height * stride, kernels) }
        var column = panels.lowerBound * CK.panelWidth
        let end = min(n, panels.upperBound * CK.panelWidth)
        while column < end {
          let columns = column..<min(end, column + width)
          multiply(
            mine,
            columns,
            terms,
            turned: turns ? turned : nil,
            stride,
            scratch.base,
            kernels
          )
          column = columns.upperBound
        }
        first = terms.upperBound
      } while first < k
      row = mine.upperBound
    }
  }

  /// Floats between turned rows: no power of two, which would crowd a few places of the cache.
  private static func stride(_ depth: Int) -> Int { depth + CK.group / 2 }

  /// Some rows of the transposed `a`, row after row.
  private func turn(
    _ rows: Range<Int>,
    _ terms: Range<Int>,
    into turned: UnsafeMutablePointer<Float>,
    _ stride: Int,
    _ panel: UnsafeMutablePointer<Float>,
    _ kernels: KernelSet
  ) {
    var term = terms.lowerBound
    while term < terms.upperBound {
      let count = min(CK.panelWidth, terms.upperBound - term)
      kernels.table.pointee.pack(a + term * lda + rows.lowerBound, lda, count, rows.count, panel)
      for row in 0..<rows.count {
        (turned + row * stride + term - terms.lowerBound).update(
          from: panel + row * CK.panelWidth,
          count: count
        )
      }
      term += count
    }
  }

  private func multiply(
    _ rows: Range<Int>,
    _ columns: Range<Int>,
    _ terms: Range<Int>,
    turned: UnsafePointer<Float>?,
    _ stride: Int,
    _ packed: UnsafeMutablePointer<Float>,
    _ kernels: KernelSet
  ) {
    let first = terms.lowerBound
    let count = terms.count
    // Sixteen columns are read at once.
    let isDirect = !transposesB && rows.count <= Self.fewRows && columns.count % 16 == 0
    if transposesB {
      let start = b + columns.lowerBound * ldb + first
      kernels.table.pointee.pack(start, ldb, columns.count, count, packed)
    } else if !isDirect {
      let start = b + first * ldb + columns.lowerBound
      ck_pack_columns(start, ldb, count, columns.count, packed)
    }
    let places =
      transposesA
      ? a + first * lda + rows.lowerBound : a + rows.lowerBound * lda + first
    var task = ck_product(
      a: turned ?? places,
      b: isDirect ? b + first * ldb + columns.lowerBound : UnsafePointer(packed),
      c: c + rows.lowerBound * ldc + columns.lowerBound,
      lda: turned == nil ? lda : stride,
      ldb: isDirect ? ldb : CK.panelWidth,
      panel: isDirect ? CK.panelWidth : count * CK.panelWidth,
      ldc: ldc,
      m: rows.count,
      n: columns.count,
      k: count,
      scale: scale,
      transposed: transposesA && turned == nil ? 1 : 0,
      adds: adds || first > 0 ? 1 : 0
    )
    kernels.training.pointee.product(&task)
  }
}

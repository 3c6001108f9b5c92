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

  /// Terms of a sum that are taken at once: a block of b stays in the second-level cache.
  private static let depth = 1024
  /// Panels of b that are packed at once.
  private static let width = 4

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
    let panelWidth = CK.panelWidth
    let depth = min(Self.depth, max(1, k))
    let scratch = FloatBuffer(count: depth * panelWidth * Self.width, isZeroed: false)
    var first = 0
    repeat {
      let count = min(depth, k - first)
      var panel = panels.lowerBound
      while panel < panels.upperBound {
        let end = min(panels.upperBound, panel + Self.width)
        let column = panel * panelWidth
        let columns = min(n, end * panelWidth) - column
        if transposesB {
          kernels.table.pointee.pack(b + column * ldb + first, ldb, columns, count, scratch.base)
        } else {
          ck_pack_columns(b + first * ldb + column, ldb, count, columns, scratch.base)
        }
        var task = ck_product(
          a: transposesA
            ? a + first * lda + rows.lowerBound : a + rows.lowerBound * lda + first,
          b: scratch.base,
          c: c + rows.lowerBound * ldc + column,
          lda: lda,
          ldb: panelWidth,
          panel: count * panelWidth,
          ldc: ldc,
          m: rows.count,
          n: columns,
          k: count,
          scale: scale,
          transposed: transposesA ? 1 : 0,
          adds: adds || first > 0 ? 1 : 0
        )
        kernels.training.pointee.product(&task)
        panel = end
      }
      first += count
    } while first < k
  }
}

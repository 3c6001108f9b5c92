/// Sums over rows, such as gradients of norm weights: each block of rows has sums of its own, and
/// these are added in order, so that the result does not depend on the number of threads.
struct RowBlocks: Sendable {
  /// Rows of one block.
  private static let height = 64

  let rows: Range<Int>
  var count: Int { (rows.count + Self.height - 1) / Self.height }

  subscript(block: Int) -> Range<Int> {
    let first = rows.lowerBound + block * Self.height
    return first..<min(rows.upperBound, first + Self.height)
  }

  /// Calls `body` for each block with `width` floats, zero at first, and adds these to `sums`.
  func reduce(
    width: Int,
    into sums: UnsafeMutablePointer<Float>,
    pool: WorkerPool,
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let parts = FloatBuffer(count: count * width)
    pool.ranges(count: count, grain: 1) { blocks in
      for block in blocks { body(self[block], parts.base + block * width) }
    }
    for block in 0..<count {
      let part = parts.base + block * width
      for index in 0..<width { sums[index] += part[index] }
    }
  }
}

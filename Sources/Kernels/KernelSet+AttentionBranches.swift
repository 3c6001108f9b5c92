import CKernels
import Foundation

extension KernelSet {
  /// Attention of branches that share a beginning: each row sees the cached positions of its group and
  /// some rows of its own, such as what its branch has written.
  ///
  /// context = softmax(scale · q · Kᵀ) · V for each head, with scale = 1 / √headSize. A row's result
  /// depends on its own query and on what it sees, up to rounding on nothing else.
  ///
  /// - Parameters:
  ///   - projections: [rows × 3 · columns]; each row holds query, key and value, each with its heads
  ///     side by side.
  ///   - groups: rows with the cache that they share. Groups must not overlap.
  ///   - past: for each row of the groups, in their order, the rows of `projections` that it sees.
  ///   - context: [≥ rows × columns], the result, in the same rows.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  package func attend(
    _ projections: Matrix,
    groups: [AttentionBranches],
    past: [[Int]],
    into context: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    let columns = context.columns
    let limit = min(projections.rows, context.rows)
    guard projections.columns == 3 * columns,
      past.count == groups.reduce(0, { $0 + $1.rows.count }),
      past.allSatisfy({ $0.allSatisfy { $0 >= 0 && $0 < projections.rows } })
    else {
      throw .shapes(
        "attention of branches",
        "projections \(projections.shape), \(past.count) pasts",
        "context \(context.shape)"
      )
    }
    for group in groups {
      guard group.cache.heads * group.cache.headSize == columns, group.positions > 0,
        group.positions <= group.cache.capacity, group.cache.heads == groups[0].cache.heads,
        group.rows.lowerBound >= 0, group.rows.upperBound <= limit
      else {
        throw .shapes(
          "attention of branches",
          "rows \(group.rows), \(group.positions) positions of \(group.cache.shape)",
          "context \(context.shape)"
        )
      }
    }
    guard let heads = groups.first?.cache.heads else { return }
    let starts = groups.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rows.count) }
    let p = SharedPointer((projections: UnsafePointer(projections.base), context: context.base))
    pool.run(parts: groups.count * heads) { part in
      let index = part / heads
      BranchAttention(
        group: groups[index],
        past: past[starts[index]..<starts[index + 1]],
        projections: p.pointer.projections,
        context: p.pointer.context,
        columns: columns,
        kernels: self
      ).run(head: part % heads)
    }
  }
}

/// One group of such a call.
private struct BranchAttention {
  let group: AttentionBranches
  let past: ArraySlice<[Int]>
  let projections: UnsafePointer<Float>
  let context: UnsafeMutablePointer<Float>
  let columns: Int
  let kernels: KernelSet

  func run(head: Int) {
    let size = group.cache.headSize
    let stride = group.cache.stride
    let rows = group.rows.count
    let longest = past.map(\.count).max() ?? 0
    let state = rows * (stride + 2) + CK.attendPartial + CK.attendRows * stride
    let count = rows * size + state + longest + stride
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { memory in
      guard let queries = memory.baseAddress, rows > 0 else { return }
      let sums = queries + rows * size
      let scores = sums + state
      for (index, row) in group.rows.enumerated() {
        (queries + index * size).update(
          from: projections + row * 3 * columns + head * size,
          count: size
        )
      }
      attendShared(head, queries: queries, sums: sums)
      for (index, seen) in past.enumerated() {
        let sum = sums + index * stride
        let top = sums + rows * stride + index
        add(seen, head, queries + index * size, to: sum, top: top, total: top + rows, scores)
        let target = context + (group.rows.lowerBound + index) * columns + head * size
        let inverse = 1 / top[rows]
        for column in 0..<size { target[column] = sum[column] * inverse }
      }
    }
  }

  private var scale: Float { 1 / Float(group.cache.headSize).squareRoot() }

  /// All rows at the last shared position, as if they were heads of one token.
  private func attendShared(
    _ head: Int,
    queries: UnsafeMutablePointer<Float>,
    sums: UnsafeMutablePointer<Float>
  ) {
    let cache = group.cache
    let rows = group.rows.count
    let tops = sums + rows * cache.stride
    var call = ck_attend(
      queries: queries,
      ldq: rows * cache.headSize,
      tokens: 1,
      group: rows,
      head: cache.headSize,
      first: group.positions - 1,
      window: Int.max,
      chunk: 0,
      chunks: (group.positions - 1) / CK.attendChunk + 1,
      keys: UnsafeRawPointer(cache.keys(head)),
      values: UnsafeRawPointer(cache.values(head)),
      panels: cache.capacity / CK.panelWidth,
      stride: cache.stride,
      half: cache.isHalf ? 1 : 0,
      scale: scale,
      softcap: 0,
      scratch: tops + 2 * rows,
      sums: sums,
      tops: tops,
      totals: tops + rows
    )
    kernels.decoder.pointee.attend(&call)
  }

  /// Adds what a row sees of its own to its sum over the shared positions.
  private func add(
    _ seen: [Int],
    _ head: Int,
    _ query: UnsafePointer<Float>,
    to sum: UnsafeMutablePointer<Float>,
    top: UnsafeMutablePointer<Float>,
    total: UnsafeMutablePointer<Float>,
    _ scores: UnsafeMutablePointer<Float>
  ) {
    guard !seen.isEmpty else { return }
    let size = group.cache.headSize
    let stride = group.cache.stride
    var highest = -Float.infinity
    for (index, row) in seen.enumerated() {
      let key = projections + row * 3 * columns + columns + head * size
      scores[index] = scale * kernels.table.pointee.dot(query, key, size)
      highest = max(highest, scores[index])
    }
    let own = scores + seen.count
    own.update(repeating: 0, count: stride)
    var weights: Float = 0
    for (index, row) in seen.enumerated() {
      let weight = exp(scores[index] - highest)
      weights += weight
      let value = projections + row * 3 * columns + 2 * columns + head * size
      kernels.table.pointee.add_scaled(weight, value, own, size)
    }
    kernels.decoder.pointee.merge(sum, top, total, own, highest, weights, stride)
  }
}

import CKernels

/// One attention call over a cache, cut into parts.
///
/// Keys are taken in chunks of 256 positions that begin at multiples of 256, and the chunks' results
/// are merged in order; so a token's result is the same however the work is cut.
///
/// Sendable without checks: lives within one call, whose caller keeps the memory alive; each part
/// writes results of its own.
struct CachedAttention: @unchecked Sendable {
  let heads: Int
  /// Query heads per key-value head.
  let group: Int
  let tokens: Int
  let position: Int
  let window: Int
  let scale: Float
  let softcap: Float
  let cache: AttentionCache
  let queries: UnsafePointer<Float>
  let queryStride: Int
  let context: UnsafeMutablePointer<Float>
  let kernels: UnsafePointer<ck_decoder_kernels>

  /// Query rows that one part takes over all chunks.
  private static let blockRows = 96

  func run(on pool: WorkerPool) {
    let block = max(1, Self.blockRows / group)
    let blocks = (tokens + block - 1) / block
    let chunks = chunks(of: 0..<tokens)
    if blocks == 1, chunks.count > 1, pool.availableThreads > 1 {
      runByChunk(chunks, pool)
      return
    }
    pool.run(parts: cache.heads * blocks) { part in
      // The longest parts, those of the last tokens, come first.
      let index = blocks - 1 - part / cache.heads
      let range = index * block..<min(tokens, (index + 1) * block)
      let rows = range.count * group
      withUnsafeTemporaryAllocation(of: Float.self, capacity: stateCount(rows)) { memory in
        guard let base = memory.baseAddress else { return }
        let head = part % cache.heads
        attend(head, range, chunks: self.chunks(of: range), state: base)
        finish(head, range, state: base)
      }
    }
  }

  /// Few tokens over many positions: the chunks are shared out, then merged.
  private func runByChunk(_ chunks: Range<Int>, _ pool: WorkerPool) {
    let count = stateCount(tokens * group)
    let states = FloatBuffer(count: cache.heads * chunks.count * count, isZeroed: false)
    pool.run(parts: cache.heads * chunks.count) { part in
      let chunk = chunks.lowerBound + part % chunks.count
      attend(
        part / chunks.count,
        0..<tokens,
        chunks: chunk..<chunk + 1,
        state: states.base + part * count
      )
    }
    let rows = tokens * group
    let stride = cache.stride
    for head in 0..<cache.heads {
      let state = states.base + head * chunks.count * count
      for other in 1..<chunks.count {
        let part = state + other * count
        for row in 0..<rows {
          kernels.pointee.merge(
            state + row * stride,
            state + rows * stride + row,
            state + rows * (stride + 1) + row,
            part + row * stride,
            part[rows * stride + row],
            part[rows * (stride + 1) + row],
            stride
          )
        }
      }
      finish(head, 0..<tokens, state: state)
    }
  }

  /// The chunks that hold what some tokens see.
  private func chunks(of range: Range<Int>) -> Range<Int> {
    let first = position + range.lowerBound
    let oldest = max(0, first - min(window, first + 1) + 1)
    let last = position + range.upperBound - 1
    return oldest / CK.attendChunk..<last / CK.attendChunk + 1
  }

  /// Floats of a part's state, sums, tops and totals of its rows, and of its scratch memory.
  private func stateCount(_ rows: Int) -> Int {
    rows * (cache.stride + 2) + CK.attendPartial + CK.attendRows * cache.stride
  }

  private func attend(
    _ head: Int,
    _ range: Range<Int>,
    chunks: Range<Int>,
    state: UnsafeMutablePointer<Float>
  ) {
    let rows = range.count * group
    let tops = state + rows * cache.stride
    var call = ck_attend(
      queries: queries + range.lowerBound * queryStride + head * group * cache.headSize,
      ldq: queryStride,
      tokens: range.count,
      group: group,
      head: cache.headSize,
      first: position + range.lowerBound,
      window: window,
      chunk: chunks.lowerBound,
      chunks: chunks.count,
      keys: UnsafeRawPointer(cache.keys(head)),
      values: UnsafeRawPointer(cache.values(head)),
      panels: cache.capacity / CK.panelWidth,
      stride: cache.stride,
      half: cache.isHalf ? 1 : 0,
      scale: scale,
      softcap: softcap,
      scratch: tops + 2 * rows,
      sums: state,
      tops: tops,
      totals: tops + rows
    )
    kernels.pointee.attend(&call)
  }

  /// Sums become means, in the place of the head in each token's row.
  private func finish(_ head: Int, _ range: Range<Int>, state: UnsafeMutablePointer<Float>) {
    let rows = range.count * group
    let totals = state + rows * (cache.stride + 1)
    for row in 0..<rows {
      let token = range.lowerBound + row / group
      let place = token * heads + head * group + row % group
      let target = context + place * cache.headSize
      let source = state + row * cache.stride
      let inverse = 1 / totals[row]
      for index in 0..<cache.headSize { target[index] = source[index] * inverse }
    }
  }
}

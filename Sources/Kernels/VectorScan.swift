import CKernels

/// Exhaustive scoring of quantised rows against a quantised query.
///
/// The products are summed in integers, exactly, so every version of the kernels and every number
/// of threads gives the same scores bit for bit.
public struct VectorScan: Sendable {
  private let kernels: KernelSet
  private let pool: WorkerPool

  /// Rows below which another thread costs more than it saves.
  private static let grain = 2048

  /// A scan with the given kernels and threads.
  public init(kernels: KernelSet, pool: WorkerPool = .shared) {
    self.kernels = kernels
    self.pool = pool
  }

  /// scores[i] = query · row i for all rows.
  ///
  /// - Parameters:
  ///   - query: the quantised query of `d` codes.
  ///   - codes: [n × d], row after row, of any alignment; unchanged during the call.
  ///   - scales: [n].
  ///   - scores: [n], the result.
  /// - Throws: ``KernelError`` if the sizes do not fit, or `d` is above 65,536.
  /// - Complexity: O(n · d).
  public func scores(
    of query: QuantizedVector,
    codes: UnsafeBufferPointer<Int8>,
    scales: UnsafeBufferPointer<Float>,
    into scores: UnsafeMutableBufferPointer<Float>
  ) throws(KernelError) {
    let dimension = query.codes.count
    let (count, overflow) = scales.count.multipliedReportingOverflow(by: dimension)
    guard !overflow, codes.count == count, dimension <= CK.int8DotLimit else {
      throw .shapes(
        "vector scan",
        "query [\(dimension)]",
        "\(codes.count) codes in \(scales.count) rows"
      )
    }
    guard scores.count == scales.count else {
      throw .shapes("vector scan", "scores [\(scores.count)]", "scales [\(scales.count)]")
    }
    guard dimension > 0 else {
      scores.update(repeating: 0)
      return
    }
    query.codes.withUnsafeBufferPointer { vector in
      guard let vector = vector.baseAddress, let codes = codes.baseAddress,
        let scales = scales.baseAddress, let scores = scores.baseAddress
      else { return }
      let p = SharedPointer(
        (vector: vector, codes: codes, scales: scales, scores: scores, table: kernels.table)
      )
      let scale = query.scale
      pool.ranges(count: count / dimension, grain: Self.grain) { rows in
        let p = p.pointer
        p.table.pointee.scan(
          p.vector,
          scale,
          p.codes + rows.lowerBound * dimension,
          p.scales + rows.lowerBound,
          rows.count,
          dimension,
          p.scores + rows.lowerBound
        )
      }
    }
  }

  /// The scores of all rows, from and to arrays.
  ///
  /// - Throws: ``KernelError`` as ``scores(of:codes:scales:into:)`` does.
  public func scores(
    of query: QuantizedVector,
    codes: [Int8],
    scales: [Float]
  ) throws(KernelError) -> [Float] {
    var result = [Float](repeating: 0, count: scales.count)
    var failure: KernelError?
    result.withUnsafeMutableBufferPointer { result in
      codes.withUnsafeBufferPointer { codes in
        scales.withUnsafeBufferPointer { scales in
          do throws(KernelError) {
            try scores(of: query, codes: codes, scales: scales, into: result)
          } catch {
            failure = error
          }
        }
      }
    }
    if let failure { throw failure }
    return result
  }

  /// The readable reference: the same scores, bit for bit, one row after another.
  public static func referenceScores(
    of query: QuantizedVector,
    codes: [Int8],
    scales: [Float]
  ) -> [Float] {
    let dimension = query.codes.count
    return scales.indices.map { row in
      var sum: Int32 = 0
      for column in 0..<dimension {
        sum += Int32(query.codes[column]) * Int32(codes[row * dimension + column])
      }
      return Float(sum) * (query.scale * scales[row])
    }
  }
}

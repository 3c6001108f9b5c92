import Kernels

extension SegmentSet {
  /// Candidates for the vectors of unit length that are nearest to a query of unit length.
  ///
  /// Every vector is scored, in int8 (exhaustive; a filter never costs recall). What comes back is
  /// meant to be scored again at full precision: it holds the true nearest `limit` whenever no
  /// score is off by more than its margin, and usually little more than `limit` vectors.
  ///
  /// **Error.** A component x is stored as c·s with s = max|x|/127 and |x − c·s| ≤ s/2. With the
  /// query quantised likewise (scale t), the error of an inner product q·x is
  /// Σ qᵢeᵢ + Σ x̂ᵢfᵢ, |eᵢ| ≤ s/2, |fᵢ| ≤ t/2. It never exceeds (s‖q‖₁ + t‖x̂‖₁)/2. Rounding errors
  /// being spread evenly and independent of sign, its standard deviation for unit vectors is
  /// σ = √((s² + t²)/12). The margin is 6σ: about 0.003 at 384 dimensions, where the largest
  /// component of a unit vector is about 0.15.
  ///
  /// **Which go on.** Let L be the `limit`-th largest lower end (score − margin). A vector whose
  /// upper end is below L cannot be among the nearest `limit`, and is left out.
  ///
  /// - Parameters:
  ///   - query: As many components as the vectors have.
  ///   - limit: How many nearest vectors are wanted.
  ///   - allowed: Where given, only these identifiers may be found; ascending.
  /// - Returns: Best first by score.
  /// - Throws: ``IndexError`` `badVector` for a query of another dimension or one that is not
  ///   finite.
  /// - Complexity: O(*n* · dimension).
  public func search(
    _ query: [Float],
    limit: Int,
    allowed: [Int64]? = nil
  ) throws -> [SearchCandidate] {
    guard query.count == dimension else {
      throw IndexError(
        .badVector,
        "The query has \(query.count) components; the index holds vectors of \(dimension).",
        subject: "query",
        remedy: "Use the embedding model that this workspace was made with."
      )
    }
    let total = count
    guard limit > 0, total > 0 else { return [] }
    let quantized: QuantizedVector
    do {
      quantized = try QuantizedVector(quantizing: query)
    } catch {
      throw IndexError(
        .badVector,
        "The query holds a component that is not a finite number.",
        subject: "query",
        remedy: "Check the embedding model."
      )
    }
    let scan = VectorScan(kernels: try KernelSet.active())
    var scores = [Float](repeating: .nan, count: total)
    try scores.withUnsafeMutableBufferPointer { scores in
      var start = 0
      for (segment, dead) in zip(segments, deadRows) {
        let part = UnsafeMutableBufferPointer(rebasing: scores[start..<(start + segment.count)])
        try segment.withCodes { codes in
          try segment.withScales { scales in
            try scan.scores(of: quantized, codes: codes, scales: scales, into: part)
          }
        }
        // A score that is not a number is never selected.
        for row in dead { part[row] = .nan }
        if let allowed { segment.hideAll(except: allowed, in: part) }
        start += segment.count
      }
    }
    let pool = max(limit.multipliedReportingOverflow(by: 16).partialValue, 512)
    let ranked = scores.withUnsafeBufferPointer { TopK.select($0, min(max(pool, limit), total)) }
    return withinReach(candidates(ranked, queryScale: quantized.scale), limit: limit)
  }

  private func candidates(_ ranked: [Ranked], queryScale: Float) -> [SearchCandidate] {
    var starts: [Int] = []
    var start = 0
    for segment in segments {
      starts.append(start)
      start += segment.count
    }
    return ranked.map { hit in
      // The last segment that starts at or before the hit; empty segments hold no hit.
      let index = (starts.firstIndex { $0 > hit.index } ?? starts.count) - 1
      let row = hit.index - starts[index]
      let scale = segments[index].withScales { $0[row] }
      let deviation = ((scale * scale + queryScale * queryScale) / 12).squareRoot()
      return SearchCandidate(
        id: segments[index].withIDs { $0[row] },
        score: hit.score,
        margin: 6 * deviation
      )
    }
  }

  private func withinReach(_ candidates: [SearchCandidate], limit: Int) -> [SearchCandidate] {
    guard candidates.count > limit else { return candidates }
    let lowerEnds = candidates.map { $0.score - $0.margin }.sorted(by: >)
    let bound = lowerEnds[limit - 1]
    return candidates.filter { $0.score + $0.margin >= bound }
  }
}

extension Segment {
  /// Makes the scores of all identifiers that are not in an ascending list unselectable.
  fileprivate func hideAll(except allowed: [Int64], in scores: UnsafeMutableBufferPointer<Float>) {
    withIDs { ids in
      var next = 0
      for row in ids.indices {
        while next < allowed.count && allowed[next] < ids[row] { next += 1 }
        if next == allowed.count || allowed[next] != ids[row] { scores[row] = .nan }
      }
    }
  }
}

/// The dot product of two vectors; their cosine where both are of unit length. Zero where the lengths
/// differ, as with a missing vector.
package func cosine(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return 0 }
  var sum: Float = 0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

/// The mean of unit-length vectors, scaled to unit length.
package func mean(of vectors: [[Float]], dimension: Int) -> [Float] {
  var sum = [Float](repeating: 0, count: dimension)
  for vector in vectors where vector.count == dimension {
    for index in 0..<dimension { sum[index] += vector[index] }
  }
  let norm = cosine(sum, sum).squareRoot()
  guard norm > 0 else { return sum }
  return sum.map { $0 / norm }
}

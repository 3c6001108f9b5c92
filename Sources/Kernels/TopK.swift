/// Selection of the highest scores.
public enum TopK {
  /// The `k` highest scores, highest first, ties by lower index.
  ///
  /// - Parameters:
  ///   - scores: one score per element; NaN is never selected.
  ///   - k: how many to select; fewer are returned when fewer qualify.
  ///   - isAllowed: which elements qualify; all if `nil`. Asked only of elements whose score would
  ///     be selected.
  /// - Returns: the selected elements, best first.
  /// - Complexity: O(n + s · log k), with s the number of times a higher score turns up.
  public static func select(
    _ scores: UnsafeBufferPointer<Float>,
    _ k: Int,
    where isAllowed: ((Int) -> Bool)? = nil
  ) -> [Ranked] {
    guard k > 0 else { return [] }
    // A heap whose first element is the worst of the best so far.
    var heap: [Ranked] = []
    heap.reserveCapacity(min(k, scores.count))
    var threshold = -Float.infinity
    for index in 0..<scores.count {
      let score = scores[index]
      // Later elements lose ties, so only a higher score can enter a full heap.
      guard heap.count < k ? !score.isNaN : score > threshold else { continue }
      guard isAllowed?(index) ?? true else { continue }
      let candidate = Ranked(index: index, score: score)
      if heap.count < k {
        heap.append(candidate)
        siftUp(&heap)
      } else {
        heap[0] = candidate
        siftDown(&heap)
      }
      if heap.count == k { threshold = heap[0].score }
    }
    return heap.sorted { $0.precedes($1) }
  }

  /// The `k` highest scores of an array.
  public static func select(
    _ scores: [Float],
    _ k: Int,
    where isAllowed: ((Int) -> Bool)? = nil
  ) -> [Ranked] {
    scores.withUnsafeBufferPointer { select($0, k, where: isAllowed) }
  }

  private static func siftUp(_ heap: inout [Ranked]) {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[parent].precedes(heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private static func siftDown(_ heap: inout [Ranked]) {
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[worst].precedes(heap[child]) { worst = child }
      }
      if worst == parent { return }
      heap.swapAt(worst, parent)
      parent = worst
    }
  }
}

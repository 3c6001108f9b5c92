/// The order in which a person reads the shapes of a slide.
enum SlideOrder {
  /// With more shapes than this the file's order is kept.
  private static let maximumShapes = 500

  /// Arranges shapes: one that begins above another in the same column comes first; apart from that
  /// the file's order stays, which keeps columns together.
  ///
  /// - Returns: The shapes' places in the given list, in reading order.
  static func arrange(_ boxes: [PageBox?]) -> [Int] {
    guard boxes.count > 1, boxes.count <= maximumShapes else { return Array(boxes.indices) }
    var waitsFor = boxes.map { box in
      boxes.count { other in box.flatMap { box in other.map { isAbove($0, box) } } ?? false }
    }
    var result: [Int] = []
    var isPlaced = [Bool](repeating: false, count: boxes.count)
    while result.count < boxes.count {
      let next = boxes.indices.first { !isPlaced[$0] && waitsFor[$0] == 0 }
      // Sizes that contradict each other leave the file's order.
      guard let next = next ?? boxes.indices.first(where: { !isPlaced[$0] }) else { break }
      isPlaced[next] = true
      result.append(next)
      guard let box = boxes[next] else { continue }
      for (index, other) in boxes.enumerated() where !isPlaced[index] {
        if let other, isAbove(box, other) { waitsFor[index] -= 1 }
      }
    }
    return result
  }

  /// Whether the first begins higher and shares at least half of the narrower one's width.
  private static func isAbove(_ one: PageBox, _ other: PageBox) -> Bool {
    guard one.top < other.top else { return false }
    let shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0 && shared * 2 >= min(one.right - one.left, other.right - other.left)
  }
}

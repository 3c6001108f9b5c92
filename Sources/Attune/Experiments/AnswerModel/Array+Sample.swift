extension Array {
  /// So many elements, evenly spread and in order; all where there are no more or no number is given.
  func sample(_ count: Int?) -> [Element] {
    guard let count, count < self.count, count > 0 else { return self }
    return (0..<count).map { self[$0 * self.count / count] }
  }
}

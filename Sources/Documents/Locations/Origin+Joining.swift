extension Origin {
  /// The smallest origin that holds several neighbouring ones.
  ///
  /// Byte ranges, pages, elements and cells span from the first to the last; pointers meet at their
  /// common parent.
  static func joining(_ origins: [Origin]) -> Origin {
    guard let first = origins.first else { return .bytes(0..<0) }
    return origins.dropFirst().reduce(first) { joined, next in
      switch (joined, next) {
      case (.bytes(let one), .bytes(let other)):
        .bytes(
          min(one.lowerBound, other.lowerBound)..<max(one.upperBound, other.upperBound)
        )
      case (.pointer(let one), .pointer(let other)) where one != other:
        .pointer(commonParent(one, other))
      case (.pages(let one, let box), .pages(let other, let otherBox)):
        .pages(
          min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound),
          // A box lies on one page.
          box: one == other && one.count == 1
            ? box.flatMap { box in otherBox.map { box.union($0) } } : nil
        )
      case (.cells(let sheet, let one), .cells(let next, let other)) where sheet == next:
        .cells(sheet: sheet, one.union(other))
      case (.elements(let part, let one), .elements(let next, let other)) where part == next:
        .elements(
          part: part,
          min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
        )
      default: joined
      }
    }
  }

  private static func commonParent(_ one: String, _ other: String) -> String {
    let ours = one.split(separator: "/", omittingEmptySubsequences: false)
    let theirs = other.split(separator: "/", omittingEmptySubsequences: false)
    return zip(ours, theirs).prefix { $0 == $1 }.map { String($0.0) }.joined(separator: "/")
  }
}

extension Origin {
  /// The smallest origin that holds several neighbouring ones.
  ///
  /// Byte ranges span from the first to the last; pointers meet at their common parent.
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

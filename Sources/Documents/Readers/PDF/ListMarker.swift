/// Tells the mark of a list item from other words.
enum ListMarker {
  /// Whether a word is a mark: a bullet, or a number or letter with a dot or bracket.
  static func isMarker(_ word: String) -> Bool { isBullet(word) || isNumber(word) }

  static func isBullet(_ word: String) -> Bool {
    word.unicodeScalars.count == 1 && word.unicodeScalars.allSatisfy(bullets.contains)
  }

  static func isNumber(_ word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    // Specifications number their clauses .1, .2.
    if scalars.first == ".", (2...3).contains(scalars.count),
      scalars.dropFirst().allSatisfy({ ("0"..."9").contains($0) })
    {
      return true
    }
    guard (2...5).contains(scalars.count), let last = scalars.last,
      last == "." || last == ")"
    else { return false }
    let inner = scalars.dropLast().drop { $0 == "(" }
    guard !inner.isEmpty else { return false }
    if inner.allSatisfy({ ("0"..."9").contains($0) }) { return inner.count <= 3 }
    if inner.count == 1, last == ")" || inner.count == scalars.count - 1 {
      return inner.allSatisfy { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
    }
    return inner.allSatisfy { "ivx".unicodeScalars.contains($0) }
  }

  /// Whether a word is the number of a section: `5.2`, `1.3.1`.
  static func isSection(_ word: String) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return (2...4).contains(parts.count)
      && parts.allSatisfy { part in
        (1...2).contains(part.count) && part.allSatisfy { ("0"..."9").contains($0) }
      }
  }

  private static let bullets = Set(
    ("\u{2022}\u{25AA}\u{25AB}\u{25E6}\u{2023}\u{25CF}\u{25CB}\u{25A0}\u{25A1}\u{2013}\u{2014}-*"
      + "\u{2713}\u{2714}\u{27A2}\u{2756}\u{B7}\u{2219}\u{25BA}\u{25B8}\u{2610}\u{2611}\u{2612}o")
      .unicodeScalars
  )
}

/// Puts Arabic and Hebrew into reading order: poppler gives the words of a line, and the letters of
/// such a word, as they stand from left to right.
package enum RightToLeft {
  /// The words of a line in reading order.
  package static func ordered(_ words: [String]) -> [String] {
    let areReversed = words.map(isRightToLeft)
    guard areReversed.contains(true) else { return words }
    let turned = zip(words, areReversed).map { $1 ? reversed($0) : $0 }
    let letters = zip(words, areReversed).reduce(0) { sum, word in
      sum + (word.1 ? 1 : -1) * word.0.unicodeScalars.count { $0.properties.isAlphabetic }
    }
    // Runs of the other direction keep their order inside the line.
    let line = letters >= 0
    var result: [String] = []
    var index = line ? turned.count - 1 : 0
    if line {
      while index >= 0 {
        guard !areReversed[index] else {
          result.append(turned[index])
          index -= 1
          continue
        }
        var start = index
        while start > 0, !areReversed[start - 1] { start -= 1 }
        result += turned[start...index]
        index = start - 1
      }
    } else {
      while index < turned.count {
        guard areReversed[index] else {
          result.append(turned[index])
          index += 1
          continue
        }
        var end = index
        while end + 1 < turned.count, areReversed[end + 1] { end += 1 }
        result += turned[index...end].reversed()
        index = end + 1
      }
    }
    return result
  }

  package static func isRightToLeft(_ text: String) -> Bool {
    text.unicodeScalars.contains(where: isStrong)
  }

  private static func isStrong(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Arabic figures run from left to right.
    case 0x0660...0x066C, 0x06F0...0x06F9: false
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC: true
    default: false
    }
  }

  /// A word's letters in reading order; figures and Latin letters inside it keep theirs.
  private static func reversed(_ word: String) -> String {
    let scalars = Array(word.unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = scalars.count - 1
    while index >= 0 {
      let scalar = scalars[index]
      if isLeftToRight(scalar) {
        var start = index
        while start > 0,
          isLeftToRight(scalars[start - 1])
            || (start > 1 && isLeftToRight(scalars[start - 2]) && isSeparator(scalars[start - 1]))
        {
          start -= 1
        }
        result.append(contentsOf: scalars[start...index])
        index = start - 1
        continue
      }
      // The ligature of lam and alef comes out in its own order, which looks like the article from
      // behind; at a word's start it is taken for the article, elsewhere for the ligature.
      if index > 0, scalars.count <= 64, isAlef(scalar), scalars[index - 1] == lam,
        isLigature(alef: scalar, logicalStart: scalars[(index + 1)...].reversed(), word: scalars)
      {
        result.append(lam)
        result.append(scalar)
        index -= 2
        continue
      }
      result.append(mirrored[scalar] ?? scalar)
      index -= 1
    }
    return String(result)
  }

  private static let lam: Unicode.Scalar = "\u{0644}"
  private static let prefixes = "\u{0648}\u{0628}\u{0643}\u{0641}".unicodeScalars

  private static func isAlef(_ scalar: Unicode.Scalar) -> Bool {
    ["\u{0622}", "\u{0623}", "\u{0625}", "\u{0627}"].contains(scalar)
  }

  private static func isLigature(
    alef: Unicode.Scalar,
    logicalStart: some Collection<Unicode.Scalar>,
    word: [Unicode.Scalar]
  ) -> Bool {
    if alef != "\u{0627}" { return true }
    let before = logicalStart.filter { $0.properties.isAlphabetic }
    if before.isEmpty { return word.filter { $0.properties.isAlphabetic }.count == 2 }
    // "and", "with", "like", "so" are written together with the article.
    return before.count != 1 || !prefixes.contains(before[0])
  }

  private static func isLeftToRight(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType != nil
      || (scalar.properties.isAlphabetic && !isStrong(scalar))
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    [".", ",", "/", ":", "-"].contains(scalar)
  }

  private static let mirrored: [Unicode.Scalar: Unicode.Scalar] = [
    "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<",
    "\u{AB}": "\u{BB}", "\u{BB}": "\u{AB}",
  ]
}

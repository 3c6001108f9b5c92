/// A number in a text, as ``AnswerWords`` reads it: without separators between thousands and
/// without zeros at the end of its fraction.
struct AnswerNumber {
  /// The number in its one form.
  private(set) var text: String
  /// Index of the scalar behind it.
  private(set) var end: Int

  /// The number that starts at `start`, with the letters that cling to it; nil where no digit stands
  /// there.
  init?(_ scalars: [Unicode.Scalar], at start: Int) {
    var index = start
    var whole = Self.digits(scalars, from: &index)
    guard !whole.isEmpty else { return nil }
    if whole.count <= 3 {
      while let group = Self.group(scalars, from: index) {
        whole.append(contentsOf: group)
        index += 4
      }
    }
    var fraction: [Unicode.Scalar] = []
    if index + 1 < scalars.count, scalars[index] == ".", AnswerWords.isDigit(scalars[index + 1]) {
      index += 1
      fraction = Self.digits(scalars, from: &index)
    }
    // A second point makes it a version or a date, which is left as it stands.
    let isDotted =
      !fraction.isEmpty && index + 1 < scalars.count && scalars[index] == "."
      && AnswerWords.isDigit(scalars[index + 1])
    if isDotted {
      while index < scalars.count, AnswerWords.isWord(scalars[index]) || scalars[index] == "." {
        index += 1
      }
      while scalars[index - 1] == "." { index -= 1 }
      text = AnswerWords.string(of: scalars[start..<index])
      end = index
      return
    }
    // Letters that cling to a number, as in `4L` or `12.5m`, make it another word.
    let suffix = index
    while index < scalars.count, AnswerWords.isWord(scalars[index]) { index += 1 }
    while fraction.last == "0" { fraction.removeLast() }
    text =
      AnswerWords.string(of: whole[...])
      + (fraction.isEmpty ? "" : "." + AnswerWords.string(of: fraction[...]))
      + AnswerWords.string(of: scalars[suffix..<index])
    end = index
  }

  private static func digits(
    _ scalars: [Unicode.Scalar],
    from index: inout Int
  ) -> [Unicode.Scalar] {
    let start = index
    while index < scalars.count, AnswerWords.isDigit(scalars[index]) { index += 1 }
    return Array(scalars[start..<index])
  }

  /// The three digits behind a separator at `index`, if exactly three stand there.
  private static func group(
    _ scalars: [Unicode.Scalar],
    from index: Int
  ) -> ArraySlice<Unicode.Scalar>? {
    guard index + 3 < scalars.count, separators.contains(scalars[index]) else { return nil }
    let group = scalars[(index + 1)...(index + 3)]
    guard group.allSatisfy(AnswerWords.isDigit) else { return nil }
    if index + 4 < scalars.count, AnswerWords.isDigit(scalars[index + 4]) { return nil }
    return group
  }

  private static let separators: Set<Unicode.Scalar> = [
    ",", "'", "\u{2019}", "\u{A0}", "\u{202F}", "\u{2009}",
  ]
}

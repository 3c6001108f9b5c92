/// A passage's characters by their places, counted in Unicode scalars.
struct PassageText {
  private let scalars: [Unicode.Scalar]
  /// Where characters as people see them begin, counted in scalars; the end of the text is the last.
  private let boundaries: [Int]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    boundaries = text.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.unicodeScalars.count) }
  }

  /// The range that some copyable positions of a prompt stand for. It holds whole characters: an
  /// accent that the tokenizer has dropped goes with its letter.
  func scalars(_ positions: Range<Int>, of prompt: AnswerPrompt) -> Range<Int> {
    let first = prompt.copyable.lowerBound
    let start = prompt.scalars[positions.lowerBound - first].lowerBound
    let end = prompt.scalars[positions.upperBound - 1 - first].upperBound
    return boundary(notAbove: start)..<boundary(notBelow: max(start, end))
  }

  /// The characters in a range of scalars.
  func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  private func boundary(notAbove scalar: Int) -> Int {
    boundaries[place(notAbove: scalar)]
  }

  private func boundary(notBelow scalar: Int) -> Int {
    let place = place(notAbove: scalar)
    return boundaries[boundaries[place] < scalar ? min(place + 1, boundaries.count - 1) : place]
  }

  private func place(notAbove scalar: Int) -> Int {
    var low = 0
    var high = boundaries.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if boundaries[middle] <= scalar { low = middle } else { high = middle }
    }
    return low
  }
}

import Documents

/// Cuts text that arrives piece by piece into sentences, each with the markers that belong to it.
///
/// A sentence is given when the next one has begun: only then are its end and its markers known.
struct SentenceStream {
  /// A sentence without its markers.
  struct Sentence: Equatable {
    var text: String
    /// The numbers that its markers name, in order.
    var numbers: [Int]
    /// Whether it begins a line.
    var beginsLine: Bool
  }

  /// Beyond this a sentence is cut, so that endless text costs no endless time.
  static let longest = 2000

  private var pending: [Unicode.Scalar] = []
  private var followsLineEnd = true
  /// Scalars beyond which a new look is worth it.
  private var nextLook = 0

  /// Takes a piece and gives the sentences that it completes.
  mutating func push(_ piece: String) -> [Sentence] {
    pending.append(contentsOf: piece.unicodeScalars)
    let hasBreak = piece.unicodeScalars.contains { $0.properties.isWhitespace || !$0.isASCII }
    guard hasBreak || pending.count >= nextLook else { return [] }
    nextLook = pending.count + 32
    return take(isEnd: false)
  }

  /// Gives what is left.
  mutating func finish() -> [Sentence] { take(isEnd: true) }

  private mutating func take(isEnd: Bool) -> [Sentence] {
    var result: [Sentence] = []
    while true {
      let isTooLong = pending.count > Self.longest
      let limit = isEnd ? pending.count : MarkerScanner.openMarker(in: pending) ?? pending.count
      let view = MarkedText(Array(pending[..<min(limit, Self.longest)]))
      let all = view.sentences(followingLineEnd: followsLineEnd)
      let count = (isEnd && !isTooLong) ? all.count : max(all.count - 1, isTooLong ? 1 : 0)
      guard count > 0, !all.isEmpty else {
        if isTooLong, all.isEmpty {
          pending.removeFirst(min(pending.count, Self.longest))
          continue
        }
        if isEnd { pending = [] }
        return result
      }
      result.append(contentsOf: all.prefix(count).map(\.sentence))
      if count < all.count {
        followsLineEnd = all[count].sentence.beginsLine
        pending.removeFirst(all[count].start)
      } else {
        followsLineEnd = false
        pending.removeFirst(view.scalars.count)
        if pending.isEmpty { return result }
      }
      if !isTooLong { return result }
    }
  }
}

/// A text whose markers are taken out.
private struct MarkedText {
  let scalars: [Unicode.Scalar]
  private var plain = String.UnicodeScalarView()
  /// For each scalar of the plain text, its place in the marked one.
  private var places: [Int] = []
  /// Each marker's place in the plain and in the marked text.
  private var markers: [(plain: Int, marked: Int, numbers: [Int], leads: Bool)] = []

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    var position = 0
    for marker in MarkerScanner.markers(in: scalars) {
      append(position..<marker.range.lowerBound)
      position = marker.range.upperBound
      let before = plain.last
      let atLineStart = before.map { $0 == "\n" } ?? (places.isEmpty)
      while let last = plain.last, last == " " || last == "\t" { dropLast() }
      let rest = scalars[position...].first { $0 != " " && $0 != "\t" }
      let leads =
        (atLineStart || plain.last == "\n") && rest.map { $0 != "\n" && $0 != "[" } ?? false
      markers.append((places.count, marker.range.lowerBound, marker.numbers, leads))
      // A blank between two words, and between a full stop and what follows it.
      if let next = scalars[position...].first, next != "[", !isPunctuation(next),
        let last = plain.last, last != "\n", next != " ", next != "\n"
      {
        plain.append(" ")
        places.append(marker.range.lowerBound)
      }
    }
    append(position..<scalars.count)
  }

  func sentences(
    followingLineEnd: Bool
  ) -> [(start: Int, sentence: SentenceStream.Sentence)] {
    let text = String(plain)
    let all = Array(plain)
    let ranges = SentenceSplitter.ranges(in: text)
    var starts = ranges.map { places[$0.lowerBound] }
    var numbers: [[Int]] = ranges.map { _ in [] }
    for marker in markers {
      let before = ranges.lastIndex { $0.lowerBound < marker.plain }
      let index = marker.leads ? ranges.firstIndex { $0.lowerBound >= marker.plain } : before
      guard let index = index ?? before ?? ranges.indices.first else { continue }
      numbers[index].append(contentsOf: marker.numbers)
      starts[index] = min(starts[index], marker.marked)
    }
    return ranges.indices.map { index in
      let range = ranges[index]
      let gap = all[..<range.lowerBound].reversed().prefix { !isVisible($0) }
      let isFirst = gap.count == range.lowerBound
      return (
        starts[index],
        SentenceStream.Sentence(
          text: String(String.UnicodeScalarView(all[range])),
          numbers: numbers[index],
          beginsLine: gap.contains("\n") || isFirst && followingLineEnd
        )
      )
    }
  }

  private mutating func append(_ range: Range<Int>) {
    for index in range {
      plain.append(scalars[index])
      places.append(index)
    }
  }

  private mutating func dropLast() {
    plain.removeLast()
    places.removeLast()
  }

  /// Blanks and the bullets that the splitter leaves out.
  private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isWhitespace && !"-*•‣▪–".unicodeScalars.contains(scalar)
  }

  private func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .otherPunctuation, .closePunctuation, .finalPunctuation: true
    default: false
    }
  }
}

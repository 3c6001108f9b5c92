/// Finds citation markers in a text: `[1]`, `[1, 3]`, `[2-4]`, `[passage 1]`, `【1】`.
enum MarkerScanner {
  /// A marker and the numbers it names.
  struct Marker: Equatable {
    /// Where it stands, in scalars of the text.
    var range: Range<Int>
    /// The numbers in order; empty where they are beyond all counting.
    var numbers: [Int]
  }

  /// The markers of a text in order.
  static func markers(in scalars: [Unicode.Scalar]) -> [Marker] {
    var markers: [Marker] = []
    var position = 0
    while position < scalars.count {
      if let closer = closer(of: scalars[position]),
        let marker = marker(in: scalars, from: position, closer: closer)
      {
        markers.append(marker)
        position = marker.range.upperBound
      } else {
        position += 1
      }
    }
    return markers
  }

  /// Where a marker begins that more text may complete; nil where none does.
  static func openMarker(in scalars: [Unicode.Scalar]) -> Int? {
    var position = scalars.count - 1
    while position >= 0, scalars.count - position <= longest {
      let scalar = scalars[position]
      if closer(of: scalar) != nil { return position }
      if scalar == "]" || scalar == "】" || scalar == "\n" { return nil }
      position -= 1
    }
    return nil
  }

  private static let longest = 40

  private static func closer(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    scalar == "[" ? "]" : scalar == "【" ? "】" : nil
  }

  private static func marker(
    in scalars: [Unicode.Scalar],
    from start: Int,
    closer: Unicode.Scalar
  ) -> Marker? {
    let end = scalars[(start + 1)...].prefix(longest).firstIndex(of: closer)
    guard let end, let numbers = numbers(in: scalars[(start + 1)..<end]) else { return nil }
    return Marker(range: start..<(end + 1), numbers: numbers)
  }

  /// The numbers of a list, or nil where it is none.
  private static func numbers(in list: ArraySlice<Unicode.Scalar>) -> [Int]? {
    var text = String(String.UnicodeScalarView(list)).lowercased()
    // Some models add the place in the source, as in 【1†source】.
    if let dagger = text.firstIndex(of: "†") { text = String(text[..<dagger]) }
    for word in ["passages", "passage", "sources", "source"] where text.hasPrefix(word) {
      text = String(text.dropFirst(word.count))
    }
    let parts = text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == " " || $0 == "&" })
    guard !parts.isEmpty else { return nil }
    var numbers: [Int] = []
    for part in parts {
      let ends = part.split(
        whereSeparator: { $0 == "-" || $0 == "–" }
      ).map { $0.hasPrefix("#") ? $0.dropFirst() : $0 }
      guard (1...2).contains(ends.count),
        ends.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } })
      else { return nil }
      // What no Int holds is a marker all the same, of a passage that cannot be.
      let values = ends.map { Int($0) ?? Int.max }
      if values.count == 2, values[0] <= values[1], values[1] - values[0] < 20 {
        numbers.append(contentsOf: values[0]...values[1])
      } else {
        numbers.append(contentsOf: values)
      }
    }
    return numbers
  }
}

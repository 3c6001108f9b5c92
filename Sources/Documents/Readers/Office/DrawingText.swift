/// Words in drawings.
enum DrawingText {
  /// The words of a diagram's nodes, in the order of its data part.
  static func diagram(_ root: XMLElement) -> [String] {
    root.descendants(["dgm:pt"]).compactMap { point in
      let words = point.descendants(["a:t"]).map(\.text).joined(separator: " ").trimmed
      return words.isEmpty ? nil : words
    }
  }
}

extension PassageReading {
  /// The reading with each figure that was copied bare joined by the unit that the passage gives it.
  ///
  /// - Parameter passage: the text that was read.
  /// - Returns: the reading; replies that now say the same count together later on.
  func joiningUnits(of passage: String) -> PassageReading {
    guard replies.contains(where: \.isVerbatim) else { return self }
    let scalars = Array(passage.unicodeScalars)
    var reading = self
    for index in replies.indices where replies[index].isVerbatim {
      guard let range = replies[index].copied.first, !range.isEmpty, range.lowerBound >= 0,
        range.upperBound <= scalars.count
      else { continue }
      let whole = FigureUnit.extended(range, in: scalars)
      guard whole != range else { continue }
      reading.replies[index].copied = [whole]
      reading.replies[index].text = String(String.UnicodeScalarView(scalars[whole]))
    }
    return reading
  }
}

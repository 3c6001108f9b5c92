/// The part of a text between two Unicode-scalar offsets, cut to what the text has.
package func slice(_ text: String, _ range: Range<Int>) -> String {
  let scalars = text.unicodeScalars
  let lower = scalars.index(
    scalars.startIndex,
    offsetBy: max(0, range.lowerBound),
    limitedBy: scalars.endIndex
  )
  guard let lower else { return "" }
  let upper =
    scalars.index(lower, offsetBy: max(0, range.count), limitedBy: scalars.endIndex)
    ?? scalars.endIndex
  return String(scalars[lower..<upper])
}

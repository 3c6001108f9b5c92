/// A cell of a spreadsheet that holds something; rows and columns are counted from 1.
struct SheetCell {
  var row: Int
  var column: Int
  var text: String
  /// Whether it holds words rather than a number, a date or a truth value.
  var isText: Bool
  /// The merged range it is part of, counted from 1; 0 for none.
  var merge = 0

  /// No program lets a cell hold more.
  static let maximumText = 32_767

  /// A cell's text, shortened to what a cell can hold.
  static func fitting(_ text: String) -> String {
    guard text.utf8.count > maximumText else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(maximumText)))
  }
}

/// A word where it stands on a page.
struct PDFWord {
  /// As it is drawn, from left to right; right-to-left words are put in order later.
  var text: String
  var box: PageBox
  /// The font's size in points, and whether it is a bold one, where that is known.
  var size: Double?
  var isBold = false
}

extension PageBox {
  var width: Double { right - left }
  var height: Double { bottom - top }
  var middle: Double { (top + bottom) / 2 }
}

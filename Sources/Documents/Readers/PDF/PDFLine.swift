/// Words that stand side by side without a wide gap: a line of a column, or a cell's line.
struct PDFLine {
  var words: [PDFWord]
  var box: PageBox
  var page: Int

  init(words: [PDFWord], page: Int) {
    self.words = words
    self.page = page
    var box = words.first?.box ?? PageBox(left: 0, top: 0, right: 0, bottom: 0)
    for word in words.dropFirst() { box = box.union(word.box) }
    self.box = box
  }

  var letters: Int { words.reduce(0) { $0 + $1.text.unicodeScalars.count } }

  /// The height of its words, which a raised sign does not change.
  var height: Double { max(words.map(\.box.height).max() ?? 1, 1) }

  /// The size of most of its letters.
  var size: Double {
    var best: (letters: Int, size: Double) = (-1, height / 1.17)
    for word in words {
      let letters = word.text.unicodeScalars.count
      if let size = word.size, letters > best.letters { best = (letters, size) }
    }
    return best.size
  }

  /// Whether all that can be read in it is bold.
  var isBold: Bool {
    let all = words.reduce(0) { $0 + $1.text.unicodeScalars.count }
    let bold = words.reduce(0) { $0 + ($1.isBold ? $1.text.unicodeScalars.count : 0) }
    return all > 0 && bold * 10 >= all * 9
  }

  /// Text that runs up or down the page, such as a stamp in the margin.
  var isUpright: Bool {
    letters > 3 && box.height > 2.5 * box.width
  }
}

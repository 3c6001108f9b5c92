/// The normalisation of answers in the evaluation script of SQuAD 1.1 (Rajpurkar et al. 2016,
/// arXiv:1606.05250): lower case, ASCII punctuation deleted, the words a, an, the replaced by a
/// blank, runs of whitespace made one blank.
///
/// It works on Unicode scalars and with Python's notions of case, word and whitespace, so that
/// figures equal those of the script.
enum SQuADNormalization {
  /// The words left, as scalars: Swift's strings would take `é` and `e` + accent for equal, the
  /// script does not.
  static func words(_ text: String) -> [[Unicode.Scalar]] {
    let bare = lowercased(text).filter { !isASCIIPunctuation($0) }
    var words: [[Unicode.Scalar]] = []
    var current: [Unicode.Scalar] = []
    var index = 0
    func close() {
      if !current.isEmpty { words.append(current) }
      current.removeAll()
    }
    while index < bare.count {
      // A run of word characters is what the script's \b…\b looks at; marks lie outside of it.
      if isWord(bare[index]) {
        let start = index
        while index < bare.count, isWord(bare[index]) { index += 1 }
        if articles.contains(where: { $0.elementsEqual(bare[start..<index]) }) {
          close()
        } else {
          current.append(contentsOf: bare[start..<index])
        }
        continue
      }
      if isSpace(bare[index]) { close() } else { current.append(bare[index]) }
      index += 1
    }
    close()
    return words
  }

  private static let articles: [[Unicode.Scalar]] = [["a"], ["a", "n"], ["t", "h", "e"]]

  private static func isASCIIPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// Python's `str.isspace`: Unicode white space and the four information separators.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    // The tables are slow, and most text is ASCII.
    if scalar.isASCII {
      return scalar == " " || (0x09...0x0D).contains(scalar.value)
        || (0x1C...0x1F).contains(scalar.value)
    }
    return scalar.properties.isWhitespace
  }

  /// Python's `\w` for text: letters and whatever has a numeric value (the underscore is gone).
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return AnswerWords.isWord(scalar) }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: scalar.properties.numericType != nil
    }
  }

  /// Python's `str.lower`: the full mapping of each scalar, with a sigma at the end of a word
  /// becoming final.
  private static func lowercased(_ text: String) -> [Unicode.Scalar] {
    let scalars = Array(text.unicodeScalars)
    var lowered: [Unicode.Scalar] = []
    lowered.reserveCapacity(scalars.count)
    for (index, scalar) in scalars.enumerated() {
      if ("A"..."Z").contains(scalar) {
        lowered.append(Unicode.Scalar(UInt8(scalar.value) + 32))
      } else if scalar.isASCII {
        lowered.append(scalar)
      } else if scalar == "\u{3A3}" {
        lowered.append(isFinalSigma(at: index, in: scalars) ? "\u{3C2}" : "\u{3C3}")
      } else {
        lowered.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return lowered
  }

  private static func isFinalSigma(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && after?.properties.isCased != true
  }
}

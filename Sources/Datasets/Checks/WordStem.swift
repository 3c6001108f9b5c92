/// Reduces a word to a form that it shares with its inflections: enough to see that two wordings are
/// the same, without a dictionary.
enum WordStem {
  /// The word without a common English ending; words of up to three letters stay as they are.
  static func stem(_ word: String) -> String {
    var letters = Array(word.utf8)
    guard letters.count > 3, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
    func ends(_ suffix: String) -> Bool {
      letters.count > suffix.utf8.count + 1
        && letters.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
    if ends("ies") {
      letters.removeLast(3)
      letters.append(0x79)
    } else if ends("sses") || ends("shes") || ends("ches") || ends("xes") {
      letters.removeLast(2)
    } else if ends("s"), !ends("ss"), !ends("us"), !ends("is") {
      letters.removeLast()
    }
    if letters.count > 5, ends("ing") {
      letters.removeLast(3)
      undouble(&letters)
    } else if letters.count > 4, ends("ed") {
      letters.removeLast(2)
      undouble(&letters)
    } else if letters.count > 4, ends("ly") {
      letters.removeLast(2)
    }
    if letters.count > 3, letters.last == 0x65 { letters.removeLast() }
    return String(decoding: letters, as: UTF8.self)
  }

  private static func undouble(_ letters: inout [UInt8]) {
    guard letters.count > 3, let last = letters.last, letters[letters.count - 2] == last,
      last != 0x6C, last != 0x73
    else { return }
    letters.removeLast()
  }
}

/// What holds inside one group of an RTF file, and is as before where the group ends.
struct RTFState {
  /// What becomes of the text.
  enum Destination { case body, skipped, styles, fonts, title, author, subject, marker }

  var destination = Destination.body
  /// How many characters stand after `\u` for programs that do not know it.
  var fallbackLength = 1
  var font = 0
  var style = 0
  var outline: Int?
  var isInTable = false
  var isListItem = false
  var isHidden = false
}

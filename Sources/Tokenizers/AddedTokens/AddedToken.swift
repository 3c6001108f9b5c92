/// A token that is looked for in the text before words are formed, as `added_tokens` in
/// `tokenizer.json` lists it.
struct AddedToken: Sendable {
  var id: Int32
  var content: String
  /// Only between characters that are no word characters.
  var singleWord = false
  /// Takes the white space in front of it along.
  var stripsLeft = false
  /// Takes the white space behind it along.
  var stripsRight = false
  /// Looked for in the normalized text, not in the original.
  var isNormalized = false
  /// Left out when a text without special tokens is wanted.
  var isSpecial = true
}

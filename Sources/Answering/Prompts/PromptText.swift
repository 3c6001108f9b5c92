import Foundation

/// Makes text from documents fit to stand in a prompt as data.
enum PromptText {
  /// The text without what could end its fence, steer a chat template or hide from a reader. The
  /// nonce is the fence's secret part: every occurrence is taken out.
  static func neutralised(_ text: String, nonce: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.replacingOccurrences(of: "\r\n", with: "\n").unicodeScalars {
      switch scalar {
      case "\n", "\t": kept.append(scalar)
      case "\r", "\u{85}", "\u{2028}", "\u{2029}": kept.append("\n")
      case "\u{200C}", "\u{200D}": kept.append(scalar)
      default: if !isUnseen(scalar) { kept.append(scalar) }
      }
    }
    var result = String(kept)
    // Taking one occurrence out may join two halves to another.
    // Literally, since a combining mark behind a token makes it another character, yet not another
    // token.
    while !nonce.isEmpty, result.range(of: nonce, options: .literal) != nil {
      result = result.replacingOccurrences(of: nonce, with: "", options: .literal)
    }
    for (token, harmless) in controlTokens {
      result = result.replacingOccurrences(of: token, with: harmless, options: .literal)
    }
    return result
  }

  /// Control and format characters, among them those that turn the direction of writing and the tags
  /// that spell text nobody sees.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isDefaultIgnorableCodePoint && scalar.properties.generalCategory == .format
      || scalar.properties.generalCategory == .control
      || (0xE0000...0xE007F).contains(scalar.value)
  }

  /// Tokens by which chat templates tell who speaks, and what is written in their place: a server may
  /// take them for the real ones wherever they stand.
  private static let controlTokens: [(String, String)] = [
    ("<|", "< |"), ("|>", "| >"), ("<s>", "< s>"), ("</s>", "< /s>"), ("[INST]", "[ INST]"),
    ("[/INST]", "[ /INST]"), ("<<SYS>>", "< <SYS> >"), ("<</SYS>>", "< </SYS> >"),
    ("<start_of_turn>", "< start_of_turn>"), ("<end_of_turn>", "< end_of_turn>"),
    ("<bos>", "< bos>"), ("<eos>", "< eos>"),
  ]
}

extension DocumentBuilder {
  /// The most text that is made of one file: the names of columns stand in every row, and a few bytes of
  /// a spreadsheet can ask for a great many of them.
  private static let maximumText = 256 << 20

  /// Whether more may be written; says so in a warning where not.
  var hasRoom: Bool {
    mutating get {
      guard utf8.count > Self.maximumText else { return true }
      let warning = "the text is longer than \(Self.maximumText >> 20) MiB; the rest was left out"
      if !warnings.contains(warning) { warnings.append(warning) }
      return false
    }
  }
}

/// The key of a database row as one text.
enum RowKey {
  /// Joins a composite key with commas; a comma or backslash within a part gets a backslash.
  static func joined(_ parts: [String]) -> String {
    guard parts.count > 1 else { return parts.first ?? "" }
    return parts.map { part in
      String(part.flatMap { $0 == "," || $0 == "\\" ? ["\\", $0] : [$0] })
    }
    .joined(separator: ",")
  }
}

public import Foundation

/// Reads the paragraphs of Markdown pages as texts to make questions from.
public enum MarkdownReader {
  /// The paragraphs of all `.md` files below a folder, without marks, lists of links and code.
  ///
  /// - Throws: ``DatasetError`` where the folder is not there.
  public static func read(_ folder: URL) throws -> ReadingSource {
    let base = folder.standardizedFileURL.path
    guard
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
        .compactMap({ $0 as? URL }), FileManager.default.fileExists(atPath: base)
    else {
      throw DatasetError(
        .notFound,
        "The folder is not there.",
        subject: base,
        remedy: "Check the path, or get the data first."
      )
    }
    var source = ReadingSource()
    for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "md" {
      // A page that is no text has nothing to be read.
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      let name = String(file.standardizedFileURL.path.dropFirst(base.count + 1))
      let page = Self.page(text)
      guard !page.passages.isEmpty else { continue }
      source.documents.append(
        ReadingDocument(
          source: "\(folder.lastPathComponent):\(name)",
          title: page.title ?? "",
          passages: page.passages
        )
      )
    }
    return source
  }

  static func page(_ text: String) -> (title: String?, passages: [String]) {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var title: String?
    // The front matter names the page.
    if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") {
      title = lines[..<end].first { $0.hasPrefix("title:") }.map {
        $0.dropFirst(6).trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
      }
      lines.removeFirst(end + 1)
    }
    var passages: [String] = []
    var current: [String] = []
    var isCode = false
    func close() {
      let sentences = current.joined(separator: " ")
      if sentences.split(separator: " ").count >= 20 { passages.append(sentences) }
      current = []
    }
    for line in lines {
      let trimmed = line.drop(while: \.isWhitespace)
      if trimmed.hasPrefix("```") { isCode.toggle() }
      if trimmed.hasPrefix("#") { close() }
      guard !isCode, let first = trimmed.first,
        first.isLetter || first == "*" && !trimmed.hasPrefix("* "),
        !trimmed.contains("{%"), !trimmed.contains("|"), !trimmed.contains("<")
      else { continue }
      current.append(plain(trimmed))
    }
    close()
    return (title, passages)
  }

  /// A line without marks; of a link the words.
  private static func plain(_ line: Substring) -> String {
    var result = ""
    var rest = line
    while let open = rest.firstIndex(of: "[") {
      result += rest[..<open]
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "]") else { break }
      result += rest[..<close]
      rest = rest[rest.index(after: close)...]
      if rest.first == "(", let end = rest.firstIndex(of: ")") {
        rest = rest[rest.index(after: end)...]
      }
    }
    result += rest
    return result.filter { !"*`_".contains($0) }
  }
}

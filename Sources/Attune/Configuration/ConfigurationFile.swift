package import Foundation

/// `attune.yaml` as text. Sources are added and removed line by line, so that the user's comments and
/// order stay as they are.
package struct ConfigurationFile {
  let url: URL

  package init(url: URL) { self.url = url }

  /// What `attune init` writes.
  package static let initialText = """
    # Attune workspace. Every setting is optional; docs/configuration.md lists them all.
    version: 1

    # `attune add` writes here: folders, files, databases and web pages.
    sources: []

    models:
      embedder: all-MiniLM-L6-v2

    """

  package func read() throws -> WorkspaceConfiguration {
    try WorkspaceConfiguration(yaml: try text(), path: url.path)
  }

  /// Adds a source behind the others.
  package func add(_ source: WorkspaceConfiguration.Source) throws {
    let expected = try read().sources + [source]
    var text = try lines()
    let header = headerIndex(in: text.lines)
    let end = header.map { blockEnd(after: $0, in: text.lines) } ?? text.lines.endIndex
    // As the entries before it are indented.
    let entries = text.lines[(header.map { $0 + 1 } ?? end)..<end].filter(\.isEntry)
    let indent = entries.first.map { $0.prefix { $0 == " " } } ?? "  "
    var entry = [
      "\(indent)- name: \(quoted(source.name))", "\(indent)  path: \(quoted(source.path))",
    ]
    entry += settings(of: source).map { "\(indent)  \($0.name): \($0.value)" }
    if let header {
      text.lines[header] = "sources:" + comment(of: text.lines[header])
      text.lines.insert(contentsOf: entry, at: end)
    } else {
      text.lines += ["sources:"] + entry
    }
    try write(text, expecting: expected)
  }

  /// Removes the source with this name. Comments of their own stay.
  package func remove(named name: String) throws {
    let expected = try read().sources.filter { $0.name != name }
    var text = try lines()
    var lines = text.lines
    guard let header = headerIndex(in: lines) else { return }
    if let entry = try entry(named: name, in: lines) { lines.removeSubrange(entry) }
    if !lines[(header + 1)...].prefix(while: { !$0.isTopLevel }).contains(where: \.isEntry) {
      lines[header] = "sources: []" + comment(of: lines[header])
    }
    text.lines = lines
    try write(text, expecting: expected)
  }

  /// Sets the hosts that a web source may reach though they are not public.
  package func allow(_ hosts: [String], ofSource name: String) throws {
    var expected = try read().sources
    for index in expected.indices where expected[index].name == name {
      expected[index].allow = hosts
    }
    var text = try lines()
    guard let entry = try entry(named: name, in: text.lines) else { return }
    var lines = text.lines[entry].filter { !$0.sets("allow") }
    if let path = lines.firstIndex(where: { $0.sets("path") }) {
      let indent = lines[path].prefix { $0 == " " || $0 == "-" }.count
      lines.insert(String(repeating: " ", count: indent) + "allow: " + list(hosts), at: path + 1)
    }
    text.lines.replaceSubrange(entry, with: lines)
    try write(text, expecting: expected)
  }

  /// The lines of a source's entry, without the comments behind it.
  private func entry(named name: String, in lines: [String]) throws -> Range<Int>? {
    guard let header = headerIndex(in: lines) else { return nil }
    let end = blockEnd(after: header, in: lines)
    let starts = (header + 1..<end).filter { lines[$0].isEntry }
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? starts[index + 1] : end
      let stop = (start..<next).last { !lines[$0].isBlankOrComment }.map { $0 + 1 } ?? next
      let yaml = lines[start..<stop].joined(separator: "\n")
      let entry = try WorkspaceConfiguration(yaml: "sources:\n" + yaml, path: url.path)
      if entry.sources.first?.name == name { return start..<stop }
    }
    return nil
  }

  private func text() throws -> String {
    do {
      return try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw AttuneError(
        .configurationInvalid,
        "attune.yaml cannot be read.",
        subject: url.path,
        cause: "\(error)",
        remedy: "Check that the file is there, is UTF-8 and may be read."
      )
    }
  }

  /// The file's lines without their ends, and the end that they have.
  private struct Lines {
    var lines: [String]
    let newline: String
  }

  private func lines() throws -> Lines {
    let text = try text()
    let newline = text.contains("\r\n") ? "\r\n" : "\n"
    var lines = text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    return Lines(lines: lines, newline: newline)
  }

  private func headerIndex(in lines: [String]) -> Int? {
    lines.firstIndex { $0.hasPrefix("sources:") }
  }

  /// The comment behind a header, with the blank in front of it.
  private func comment(of header: String) -> Substring {
    header.range(of: " #").map { header[$0.lowerBound...] } ?? ""
  }

  /// The index behind the last line that belongs to the block under a top-level name. A comment that
  /// is not indented belongs to what follows it.
  private func blockEnd(after header: Int, in lines: [String]) -> Int {
    var end = header + 1
    for index in lines.indices.dropFirst(header + 1) {
      if lines[index].isTopLevel { break }
      if !lines[index].isBlankOrComment || lines[index].isIndentedComment { end = index + 1 }
    }
    return end
  }

  /// A value as it is written: plain where nothing in it could be taken for YAML, else in double
  /// quotes. Escaped scalar by scalar, as a mark may combine with the character that needs escaping.
  private func quoted(_ value: String) -> String {
    let isPlain = value.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "-_./".unicodeScalars.contains(scalar)
    }
    guard !isPlain || value.first?.isLetter != true else { return value }
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\", "\"": text.unicodeScalars += ["\\", scalar]
      case "\n": text += "\\n"
      case "\0"..<" ", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}",
        "\u{FFFF}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// What a source says beside its name and path, each value on one line.
  private func settings(
    of source: WorkspaceConfiguration.Source
  ) -> [(name: String, value: String)] {
    var settings: [(String, String)] = []
    if let tables = source.tables { settings.append(("tables", list(tables))) }
    if let query = source.query {
      var parts = ["sql: " + quoted(query.sql)]
      if let key = query.key { parts.append("key: " + list(key)) }
      if let updated = query.updated { parts.append("updated: " + quoted(updated)) }
      settings.append(("query", "{ \(parts.joined(separator: ", ")) }"))
    }
    if let groups = source.groups { settings.append(("groups", list(groups))) }
    if let folders = source.folders {
      let parts = folders.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(list($0.value))" }
      settings.append(("folders", "{ \(parts.joined(separator: ", ")) }"))
    }
    if let hosts = source.allow { settings.append(("allow", list(hosts))) }
    if let every = source.every { settings.append(("every", "\(every)")) }
    return settings
  }

  private func list(_ values: [String]) -> String {
    "[\(values.map(quoted).joined(separator: ", "))]"
  }

  /// Writes the lines, unless they do not say what they should: the user's file may be laid out in a
  /// way that editing by lines cannot follow.
  private func write(
    _ lines: Lines,
    expecting sources: [WorkspaceConfiguration.Source]
  ) throws {
    let text = lines.lines.map { $0 + lines.newline }.joined()
    let configuration = try? WorkspaceConfiguration(yaml: text, path: url.path)
    guard let configuration, configuration.sources == sources else {
      throw AttuneError(
        .configurationInvalid,
        "attune.yaml is laid out in a way that Attune cannot edit.",
        subject: url.path,
        remedy: "Edit its `sources:` list by hand, then run `attune sync`."
      )
    }
    do {
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch {
      throw AttuneError(
        .fileFault,
        "attune.yaml cannot be written.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "Check that the file and its folder may be written and that the disk is not full."
      )
    }
  }
}

extension String {
  private var content: Substring { drop { $0.isWhitespace } }

  /// A line on which an entry of a list starts.
  fileprivate var isEntry: Bool { content.hasPrefix("-") }

  /// Whether the line gives a value to a name of an entry.
  fileprivate func sets(_ name: String) -> Bool {
    content.drop { $0 == "-" || $0 == " " }.hasPrefix(name + ":")
  }

  fileprivate var isBlankOrComment: Bool { content.isEmpty || content.hasPrefix("#") }

  fileprivate var isIndentedComment: Bool { first?.isWhitespace == true && content.hasPrefix("#") }

  /// A line that starts a new top-level name.
  fileprivate var isTopLevel: Bool {
    guard let first else { return false }
    return !first.isWhitespace && first != "-" && first != "#"
  }
}

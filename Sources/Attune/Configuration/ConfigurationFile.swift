import Foundation

/// `attune.yaml` as text. Sources are added and removed line by line, so that the user's comments and
/// order stay as they are.
struct ConfigurationFile {
  let url: URL

  /// What `attune init` writes.
  static let initialText = """
    # Attune workspace. Every setting is optional; docs/configuration.md lists them all.
    version: 1

    # `attune add` writes here: folders, files and SQLite databases.
    sources: []

    models:
      embedder: all-MiniLM-L6-v2

    """

  func read() throws -> WorkspaceConfiguration {
    try WorkspaceConfiguration(yaml: try text(), path: url.path)
  }

  /// Adds a source behind the others.
  func add(_ source: WorkspaceConfiguration.Source) throws {
    let expected = try read().sources + [source]
    let entry = ["  - name: \(quoted(source.name))", "    path: \(quoted(source.path))"]
    var lines = try lines()
    if let header = headerIndex(in: lines) {
      lines[header] = "sources:"
      lines.insert(contentsOf: entry, at: blockEnd(after: header, in: lines))
    } else {
      lines += ["sources:"] + entry
    }
    try write(lines, expecting: expected)
  }

  /// Removes the source with this name.
  func remove(named name: String) throws {
    let expected = try read().sources.filter { $0.name != name }
    var lines = try lines()
    guard let header = headerIndex(in: lines) else { return }
    let end = blockEnd(after: header, in: lines)
    // Entries start with "-"; the lines up to the next entry belong to it.
    let starts = (header + 1..<end).filter { lines[$0].trimmed.hasPrefix("-") }
    for (index, start) in starts.enumerated() {
      let stop = index + 1 < starts.count ? starts[index + 1] : end
      let yaml = lines[start..<stop].joined(separator: "\n")
      let entry = try WorkspaceConfiguration(yaml: "sources:\n" + yaml, path: url.path)
      guard entry.sources.first?.name == name else { continue }
      lines.removeSubrange(start..<stop)
      break
    }
    if !lines[(header + 1)...].prefix(while: { !$0.isTopLevel }).contains(where: {
      $0.trimmed.hasPrefix("-")
    }) {
      lines[header] = "sources: []"
    }
    try write(lines, expecting: expected)
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

  private func lines() throws -> [String] {
    var lines = try text().components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private func headerIndex(in lines: [String]) -> Int? {
    lines.firstIndex { $0.hasPrefix("sources:") }
  }

  /// The index behind the last line that belongs to the block under a top-level name.
  private func blockEnd(after header: Int, in lines: [String]) -> Int {
    var end = header + 1
    for index in lines.indices.dropFirst(header + 1) {
      if lines[index].isTopLevel { break }
      if !lines[index].trimmed.isEmpty { end = index + 1 }
    }
    return end
  }

  private func quoted(_ value: String) -> String {
    let escaped = value.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"")
      .replacingOccurrences(of: "\n", with: "\\n")
    let isPlain = value.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "-_./".unicodeScalars.contains(scalar)
    }
    return isPlain && value.first?.isLetter == true ? value : "\"\(escaped)\""
  }

  /// Writes the lines, unless they do not say what they should: the user's file may be laid out in a
  /// way that editing by lines cannot follow.
  private func write(
    _ lines: [String],
    expecting sources: [WorkspaceConfiguration.Source]
  ) throws {
    let text = lines.joined(separator: "\n") + "\n"
    let configuration = try? WorkspaceConfiguration(yaml: text, path: url.path)
    guard let configuration, configuration.sources == sources else {
      throw AttuneError(
        .configurationInvalid,
        "attune.yaml is laid out in a way that Attune cannot edit.",
        subject: url.path,
        remedy: "Edit its `sources:` list by hand, then run `attune sync`."
      )
    }
    try Data(text.utf8).write(to: url, options: .atomic)
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }

  /// A line that starts a new top-level name.
  fileprivate var isTopLevel: Bool {
    guard let first else { return false }
    return !first.isWhitespace && first != "-" && first != "#"
  }
}

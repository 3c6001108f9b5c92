import Foundation

/// A folder with later editions of documents, and the facts that they change.
///
/// `changes.jsonl` names, one object a line, `questions` (identifiers), `old_answers` and `new_answers`; the
/// changed documents stand under the paths that the workspace's sources know, or with the source's folder
/// in front.
struct DocumentChanges {
  /// A changed fact.
  struct Change: Decodable {
    let document: String
    let questions: [String]
    let oldAnswers: [String]
    let newAnswers: [String]

    private enum CodingKeys: String, CodingKey {
      case document, questions
      case oldAnswers = "old_answers"
      case newAnswers = "new_answers"
    }
  }

  let changes: [Change]
  /// The changed documents by their path in the folder.
  let files: [(path: String, url: URL)]
  /// Tells these changes from others: what was answered on others does not count.
  let digest: String

  /// Reads the folder.
  ///
  /// - Throws: ``AttuneError`` with code `comparisonInvalid` naming file, line and remedy.
  init(_ folder: URL) throws {
    let list = folder.appending(path: "changes.jsonl")
    guard let data = try? Data(contentsOf: list) else {
      throw Self.invalid("There is no changes.jsonl in the folder of changes.", folder.path)
    }
    changes = try data.split(separator: 0x0A).enumerated().map { index, line in
      do {
        return try JSONDecoder().decode(Change.self, from: line)
      } catch {
        throw Self.invalid("The line is no change.", "\(list.path):\(index + 1)")
      }
    }
    let root = folder.standardizedFileURL.path
    let found =
      FileManager.default.enumerator(
        at: folder,
        includingPropertiesForKeys: [.isRegularFileKey]
      )?.allObjects as? [URL] ?? []
    files = found.filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
        && $0.lastPathComponent != "changes.jsonl"
    }.map { url in
      let path = url.standardizedFileURL.path
      return (path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path, url)
    }.sorted { $0.path < $1.path }
    let contents = try files.map { file in
      let content = try Data(contentsOf: file.url, options: .mappedIfSafe)
      return "\(file.path) \(HexDigest.sha256(of: content))"
    }
    let all = ([HexDigest.sha256(of: data)] + contents).joined(separator: "\n")
    digest = String(HexDigest.sha256(of: Data(all.utf8)).prefix(8))
    guard !changes.isEmpty, !files.isEmpty else {
      throw Self.invalid("The folder of changes names no change, or holds no document.", root)
    }
  }

  private static func invalid(_ message: String, _ subject: String) -> AttuneError {
    AttuneError(
      .comparisonInvalid,
      message,
      subject: subject,
      remedy: """
        Put the changed documents there under their own paths, and beside them changes.jsonl with \
        {"document", "questions": [ids], "old_answers": […], "new_answers": […]} a line.
        """
    )
  }
}

/// A repository of the hub as a user names it: `owner/name`, `owner/name@revision`, or
/// `owner/name/file.gguf`.
struct HubReference: Equatable {
  /// The owner and the name, with a slash between them.
  let repository: String
  /// A branch, a tag, a commit, or a reference such as `refs/pr/1`.
  let revision: String
  /// The GGUF file that is wanted of the repository, if one is named.
  let file: String?

  /// Reads a name; nil if it cannot be that of a repository.
  init?(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let components = parts[0].split(separator: "/", omittingEmptySubsequences: false)
      .map(String.init)
    guard components.count >= 2, components.prefix(2).allSatisfy(Self.isPart) else { return nil }
    let revision = parts.count == 2 ? String(parts[1]) : "main"
    guard Self.isRevision(revision) else { return nil }
    let path = components.dropFirst(2).joined(separator: "/")
    guard components.count == 2 || Self.isFile(path) else { return nil }
    repository = components.prefix(2).joined(separator: "/")
    self.revision = revision
    file = components.count == 2 ? nil : path
  }

  /// The last part of the repository's name.
  var name: String { repository.split(separator: "/").last.map(String.init) ?? repository }

  /// Whether the revision is a commit, whose content never changes.
  var isPinned: Bool { Self.isCommit(revision) }

  /// Whether a text is the full name of a commit.
  static func isCommit(_ text: String) -> Bool { isHex(text, 40) }

  /// Whether a text is so many hexadecimal digits, in lower case.
  static func isHex(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  /// Whether a path is one of a GGUF file.
  static func isFile(_ path: String) -> Bool {
    SafePath.isRelative(path) && path.lowercased().hasSuffix(".gguf")
  }

  private static func isPart(_ text: String) -> Bool {
    SafePath.isModelName(text) || (text.hasPrefix("_") && SafePath.isModelName("a" + text))
  }

  private static func isRevision(_ text: String) -> Bool {
    text.utf8.count <= 200
      && text.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { SafePath.isModelName(String($0)) }
  }
}

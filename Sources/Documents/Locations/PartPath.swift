/// Paths of documents that lie in one another: `offer.eml#terms.zip#page.html`.
///
/// A name may itself hold the mark that joins names, so a path alone does not tell where it is to be
/// split: whoever knows what is there tries the splits in turn.
public enum PartPath {
  /// The path of a part by that of the document it lies in.
  public static func join(_ holder: String, _ part: String) -> String { holder + "#" + part }

  /// Every way to split a path into that of a holder and the name within it, the shortest holder first.
  public static func splits(_ path: String) -> [(holder: String, part: Substring)] {
    path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "#") }.map { mark in
      (String(path[..<mark]), path[path.utf8.index(after: mark)...])
    }
  }

  /// Whether a document is the place itself, lies under it as in a folder, or in it as in a file.
  public static func lies(_ path: String, at place: String) -> Bool {
    path == place || path.hasPrefix(place + "/") || path.hasPrefix(join(place, ""))
  }
}

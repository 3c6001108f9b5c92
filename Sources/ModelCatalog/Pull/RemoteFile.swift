/// A file as its server states it, and what shows that it arrived unchanged.
struct RemoteFile: Hashable {
  /// A hash of the file, in lower-case hexadecimal.
  enum Digest: Hashable {
    case sha256(String)
    /// The name git gives the content: the SHA-1 over "blob ", the length, a zero byte and the
    /// content.
    case gitBlob(String)

    var hex: String {
      switch self {
      case .sha256(let hex), .gitBlob(let hex): hex
      }
    }

    var name: String {
      switch self {
      case .sha256: "SHA-256"
      case .gitBlob: "git blob id"
      }
    }
  }

  /// Where it stands on the server, and in the model's folder.
  var path: String
  /// Its length in bytes.
  var size: Int
  var digest: Digest

  init(path: String, size: Int, digest: Digest) {
    self.path = path
    self.size = size
    self.digest = digest
  }

  init(_ pinned: KnownModel.File) {
    self.init(path: pinned.path, size: pinned.size, digest: .sha256(pinned.sha256))
  }
}

import Foundation

/// Checksums of whole files.
enum FileDigest {
  /// The SHA-256 of a file, in hexadecimal.
  ///
  /// - Throws: `LanguageModelError` if the file is absent or cannot be read.
  static func sha256(of url: URL) throws(LanguageModelError) -> String {
    let file = try MappedFile(url)
    var hash = SHA256()
    hash.update(file.bytes)
    return hash.hexadecimal()
  }
}

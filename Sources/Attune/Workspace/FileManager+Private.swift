import Foundation

extension FileManager {
  /// Makes a folder for company data, with those above it: for the owner only.
  ///
  /// - Throws: what the system says.
  func createPrivateDirectory(at url: URL) throws {
    try createDirectory(
      at: url,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
  }
}

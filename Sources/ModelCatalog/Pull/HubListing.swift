import Foundation

/// What the hub says of a repository at one revision.
///
/// Source: https://huggingface.co/docs/hub/api, `GET /api/models/{id}/revision/{revision}`.
struct HubListing {
  /// The hub's longest listings are a tenth of this.
  static let sizeLimit = 32 << 20
  private static let fileSizeLimit = 1 << 42

  /// The commit that the revision is at.
  let commit: String
  /// What is known of each file; those with neither size nor hash are there too, as nil.
  let files: [String: RemoteFile?]

  /// Why a listing cannot be used.
  struct Fault: Error {
    let message: String
  }

  private struct Answer: Decodable {
    struct Sibling: Decodable {
      struct Storage: Decodable {
        let sha256: String?
        let size: Int?
      }

      let rfilename: String
      let size: Int?
      let blobId: String?
      let lfs: Storage?
    }

    let sha: String
    let siblings: [Sibling]
  }

  /// Reads the hub's answer.
  ///
  /// - Throws: ``Fault`` if it is no listing.
  init(_ data: Data) throws(Fault) {
    let answer: Answer
    do {
      answer = try JSONDecoder().decode(Answer.self, from: data)
    } catch {
      throw Fault(message: "The hub's answer is no listing of a repository.")
    }
    guard HubReference.isCommit(answer.sha) else {
      throw Fault(message: "The hub's answer names no commit.")
    }
    commit = answer.sha
    var files: [String: RemoteFile?] = [:]
    for sibling in answer.siblings {
      guard files[sibling.rfilename] == nil else {
        let name = ModelCache.printable(sibling.rfilename)
        throw Fault(message: "The hub's answer names the file \(name) twice.")
      }
      files.updateValue(Self.file(sibling), forKey: sibling.rfilename)
    }
    self.files = files
  }

  /// The paths that can stand below a model's folder.
  var paths: Set<String> { Set(files.keys.filter(SafePath.isRelative)) }

  /// A file, with its size and hash.
  ///
  /// - Throws: ``Fault`` if it is not there, or the hub does not tell how it could be checked.
  func file(_ path: String) throws(Fault) -> RemoteFile {
    guard SafePath.isRelative(path), let file = files[path] else {
      throw Fault(message: "The repository has no file \(ModelCache.printable(path)).")
    }
    guard let file else {
      throw Fault(message: "The hub does not tell the size and the hash of \(path).")
    }
    return file
  }

  private static func file(_ sibling: Answer.Sibling) -> RemoteFile? {
    guard let size = sibling.lfs?.size ?? sibling.size, (0...fileSizeLimit).contains(size) else {
      return nil
    }
    let digest: RemoteFile.Digest
    if let storage = sibling.lfs {
      // The git blob of such a file is only a note that tells where it is.
      guard let sha256 = storage.sha256, HubReference.isHex(sha256, 64) else { return nil }
      digest = .sha256(sha256)
    } else {
      guard let blob = sibling.blobId, HubReference.isHex(blob, 40) else { return nil }
      digest = .gitBlob(blob)
    }
    return RemoteFile(path: sibling.rfilename, size: size, digest: digest)
  }
}

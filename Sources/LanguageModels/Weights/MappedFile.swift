import Foundation

/// A file mapped into memory, read only.
///
/// Sendable without checks: the mapping is never written and stays until the object goes. Its
/// contract with the file system: the file must not be made shorter while it is mapped; model files
/// are replaced whole, never changed in place.
final class MappedFile: @unchecked Sendable {
  /// The file's path, for errors.
  let path: String
  /// The bytes of the whole file. Valid while this object lives.
  let bytes: UnsafeRawBufferPointer

  /// Maps a file.
  ///
  /// - Throws: `LanguageModelError` if it is absent, no regular file, or cannot be mapped.
  init(_ url: URL) throws(LanguageModelError) {
    path = url.path
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(url.path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(url.path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw LanguageModelError(
        .unreadableFile,
        "This is no regular file.",
        subject: url.path,
        remedy: "Name the folder that holds the files of the model."
      )
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
    else { throw Self.failure(url.path, errno) }
    bytes = UnsafeRawBufferPointer(start: base, count: size)
  }

  /// Gives back the memory that read pages take; they come back from the file when they are read again.
  func letGo() {
    guard let base = bytes.baseAddress else { return }
    // Only advice: a refusal changes nothing.
    _ = madvise(UnsafeMutableRawPointer(mutating: base), bytes.count, MADV_DONTNEED)
  }

  deinit {
    guard let base = bytes.baseAddress else { return }
    munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
  }

  private static func failure(_ path: String, _ number: Int32) -> LanguageModelError {
    if number == ENOENT {
      return LanguageModelError(
        .missingFile,
        "There is no such file.",
        subject: path,
        remedy: "Name the folder that holds the files of the model, or get the model again."
      )
    }
    return LanguageModelError(
      .unreadableFile,
      "The file cannot be read.",
      subject: path,
      cause: String(cString: strerror(number)) + ".",
      remedy: "Check that you may read it."
    )
  }
}

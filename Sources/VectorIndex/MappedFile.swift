#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A whole file mapped into memory for reading.
///
/// `@unchecked Sendable` holds because the mapping is read-only and immutable from creation to
/// release: segment files are never changed in place, only unlinked, which leaves the mapping valid.
final class MappedFile: @unchecked Sendable {
  let path: String
  let bytes: UnsafeRawBufferPointer

  /// Maps a file that is not empty.
  init(path: String) throws(IndexError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw System.failure("The index segment could not be opened.", path: path)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw System.failure("The index segment could not be examined.", path: path)
    }
    let size = Int(status.st_size)
    guard size > 0 else { throw IndexError.damaged("The index segment is empty.", path: path) }
    #if os(Linux)
      // The checksums read all of it at once anyway; this saves a fault per page.
      let flags = MAP_SHARED | MAP_POPULATE
    #else
      let flags = MAP_SHARED
    #endif
    guard let address = mmap(nil, size, PROT_READ, flags, file, 0), address != MAP_FAILED else {
      throw System.failure("The index segment could not be mapped into memory.", path: path)
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }
}

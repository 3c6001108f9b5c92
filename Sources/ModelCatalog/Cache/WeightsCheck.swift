import Foundation

/// A first look at weight files, so that what is none is found before it is installed.
enum WeightsCheck {
  /// Whether a file can be a safetensors file: it begins with the length of its header.
  static func isSafetensors(_ file: URL) -> Bool {
    let size = UInt64(FileDigest.size(of: file) ?? 0)
    let handle = try? FileHandle(forReadingFrom: file)
    let head = (try? handle?.read(upToCount: 8)) ?? Data()
    try? handle?.close()
    let header = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return head.count == 8 && size > 8 && header >= 2 && header <= size - 8
  }

  /// What is wrong with a weight file; nil if nothing is to be seen.
  static func fault(of file: URL) -> String? {
    let name = ModelCache.printable(file.lastPathComponent)
    if file.pathExtension.lowercased() == "gguf" {
      do {
        _ = try GGUFHead(file)
        return nil
      } catch {
        return "The file \(name) is no GGUF file that can be read. \(error.message)"
      }
    }
    return isSafetensors(file) ? nil : "The file \(name) is no safetensors file."
  }

  /// Whether a GGUF file is one of several that a model was split into, as
  /// `name-00001-of-00003.gguf`.
  static func isSplit(_ name: String) -> Bool {
    let stem = name.lowercased().hasSuffix(".gguf") ? name.dropLast(5) : name[...]
    let parts = stem.split(separator: "-").suffix(3)
    guard parts.count == 3, let first = parts.first, let last = parts.last else { return false }
    return parts[parts.startIndex + 1] == "of" && last.count == 5 && first.count == 5
      && (first + last).allSatisfy { $0.isASCII && $0.isNumber } && last != "00001"
  }
}

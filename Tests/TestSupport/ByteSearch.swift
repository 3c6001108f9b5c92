package import Foundation

/// Looks for byte strings in files: the proof that removed text is gone.
package enum ByteSearch {
  /// A byte string found in a file, or in the file's name.
  package struct Hit: Hashable, Sendable {
    package var pattern: String
    /// Path of the file below the folder searched.
    package var file: String
    /// Offset of the first occurrence in bytes; nil where the name holds it.
    package var offset: Int?

    package init(pattern: String, file: String, offset: Int?) {
      self.pattern = pattern
      self.file = file
      self.offset = offset
    }
  }

  /// Every file below a folder, hidden ones too, that holds one of the patterns in UTF-8, in its bytes
  /// or its name; one hit per pattern and file, in the order of paths.
  ///
  /// - Throws: The system's error where a file or folder cannot be read: what was not looked at must
  ///   not count as clean.
  package static func hits(_ patterns: [String], under folder: URL) throws -> [Hit] {
    let matcher = Matcher(patterns)
    var hits: [Hit] = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
      for pattern in patterns where path.contains(pattern) {
        hits.append(Hit(pattern: pattern, file: path, offset: nil))
      }
      let file = folder.appendingPathComponent(path)
      let values = try file.resourceValues(forKeys: [.isRegularFileKey])
      guard values.isRegularFile == true else { continue }
      let found = matcher.firstOffsets(in: [UInt8](try Data(contentsOf: file)))
      for (pattern, offset) in zip(patterns, found) {
        guard let offset else { continue }
        hits.append(Hit(pattern: pattern, file: path, offset: offset))
      }
    }
    return hits
  }

  /// Finds many patterns in one pass: the first two bytes choose which patterns to compare.
  private struct Matcher {
    private let patterns: [[UInt8]]
    private var byStart: [[Int]]

    init(_ texts: [String]) {
      precondition(texts.allSatisfy { $0.utf8.count >= 2 }, "patterns have two bytes or more")
      patterns = texts.map { Array($0.utf8) }
      byStart = Array(repeating: [], count: 65_536)
      for (index, bytes) in patterns.enumerated() {
        byStart[Int(bytes[0]) << 8 | Int(bytes[1])].append(index)
      }
    }

    /// Where each pattern occurs first, in the order of the patterns.
    func firstOffsets(in bytes: [UInt8]) -> [Int?] {
      var found = [Int?](repeating: nil, count: patterns.count)
      for start in bytes.indices.dropLast() {
        for index in byStart[Int(bytes[start]) << 8 | Int(bytes[start + 1])]
        where found[index] == nil && patterns[index].count <= bytes.count - start {
          let end = start + patterns[index].count
          if bytes[start..<end].elementsEqual(patterns[index]) { found[index] = start }
        }
      }
      return found
    }
  }
}

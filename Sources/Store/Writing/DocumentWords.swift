import Documents
import Foundation
import Knowledge

/// What a document says, without regard to line breaks and to where its passages are divided.
struct DocumentWords {
  private let bytes: [UInt8]

  /// The words of a document: its text in one line, its title and headings in lines of their own.
  init(title: String, passages: [Passage]) {
    var text: [UInt8] = []
    var headings: Set<[String]> = []
    var lines = [title]
    var past = 0
    for passage in passages {
      let characters = passage.location.characters
      // Passages may overlap; what two of them share is said once.
      let said = max(0, min(past, characters.upperBound) - characters.lowerBound)
      Self.append(slice(passage.text, said..<characters.count), to: &text)
      past = max(past, characters.upperBound)
      if headings.insert(passage.headings).inserted { lines += passage.headings }
    }
    for line in lines {
      text.append(0x0A)
      var words: [UInt8] = []
      Self.append(line, to: &words)
      text += words
    }
    bytes = text
  }

  /// Whether all of these texts stand here, word for word; nothing stands here where they are unknown.
  func hold(_ texts: [String]?) -> Bool {
    guard let texts else { return false }
    return texts.allSatisfy { text in
      var words: [UInt8] = []
      Self.append(text, to: &words)
      return words.isEmpty || contains(words)
    }
  }

  private func contains(_ words: [UInt8]) -> Bool {
    guard let first = words.first, words.count <= bytes.count else { return false }
    return bytes.withUnsafeBytes { text in
      words.withUnsafeBytes { words in
        guard let base = text.baseAddress, let wanted = words.baseAddress else { return false }
        var start = 0
        let last = text.count - words.count
        // A sentence's first letter is rare enough for the system's search to skip most of the text.
        while start <= last, let found = memchr(base + start, Int32(first), last - start + 1) {
          if memcmp(found, wanted, words.count) == 0 { return true }
          start = UnsafeRawPointer(found) - base + 1
        }
        return false
      }
    }
  }

  /// Adds words with one blank between them.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !bytes.isEmpty { bytes.append(0x20) }
      bytes += word.utf8
    }
  }
}

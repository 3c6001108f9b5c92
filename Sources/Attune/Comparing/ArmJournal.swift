import Evaluation
import Foundation

/// The answers of an arm, kept line by line as they come, so that a comparison that was stopped goes on
/// with the next question.
struct ArmJournal {
  let url: URL

  /// What was answered already. A last line that was cut off is left out, and asked again.
  func answers() -> [String: ArmAnswer] {
    guard let data = try? Data(contentsOf: url) else { return [:] }
    let decoder = JSONDecoder()
    var answers: [String: ArmAnswer] = [:]
    for line in data.split(separator: 0x0A) {
      guard let answer = try? decoder.decode(ArmAnswer.self, from: line) else { continue }
      answers[answer.question] = answer
    }
    return answers
  }

  /// Adds an answer.
  ///
  /// - Throws: ``AttuneError`` with code `fileFault`.
  func append(_ answer: ArmAnswer) throws {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      // The line's end comes first where the last one was cut off.
      var line = try encoder.encode(answer)
      line.append(0x0A)
      if !FileManager.default.fileExists(atPath: url.path) {
        try Data().write(to: url)
      }
      let file = try FileHandle(forUpdating: url)
      defer { try? file.close() }
      let end = try file.seekToEnd()
      if end > 0 {
        try file.seek(toOffset: end - 1)
        if try file.read(upToCount: 1) != Data([0x0A]) { line.insert(0x0A, at: 0) }
        try file.seekToEnd()
      }
      try file.write(contentsOf: line)
    } catch {
      throw AttuneError(
        .fileFault,
        "An answer cannot be kept.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "Check the folder's permissions and the room on the disk; the same command goes on."
      )
    }
  }
}

import Answering
import Foundation

/// A reader that says what a test wants of each passage.
struct ScriptedReader: PassageReader {
  let name = "scripted-reader"
  let script: @Sendable (_ question: String, _ passage: String) throws -> PassageReading

  init(_ script: @escaping @Sendable (String, String) throws -> PassageReading) {
    self.script = script
  }

  /// Copies the first of these texts that a passage holds.
  init(copying texts: [String], probability: Double = 0.9) {
    self.init { _, passage in
      for text in texts {
        if let reading = PassageReading(copying: text, of: passage, probability: probability) {
          return reading
        }
      }
      return .nothing
    }
  }

  func read(_ question: String, passages: [String]) throws -> [PassageReading] {
    try passages.map { try script(question, $0) }
  }

  func recall(_ question: String) throws -> PassageReading { try script(question, "") }
}

extension PassageReading {
  /// The passage does not answer.
  static var nothing: PassageReading {
    PassageReading(replies: [], logProbabilityOfNone: -0.01, tokens: 7)
  }

  /// Copies a text to the letter; nil where the passage does not hold it.
  init?(copying text: String, of passage: String, probability: Double) {
    guard let range = passage.range(of: text) else { return nil }
    let scalars = passage.unicodeScalars
    let start = scalars.distance(from: scalars.startIndex, to: range.lowerBound)
    self.init(
      replies: [
        Reply(
          text: text,
          copied: [start..<start + text.unicodeScalars.count],
          isVerbatim: true,
          logProbability: log(probability)
        )
      ],
      logProbabilityOfNone: log(1 - probability),
      tokens: 7
    )
  }

  /// Says something in words of its own.
  init(writing text: String, probability: Double) {
    self.init(
      replies: [
        Reply(text: text, copied: [], isVerbatim: false, logProbability: log(probability))
      ],
      logProbabilityOfNone: log(1 - probability),
      tokens: 7
    )
  }
}

import Evaluation
import Foundation
import LanguageModels

/// Measures how long answers take.
struct AnswerSpeed {
  /// The most tokens of an answer.
  static let tokens = 20

  let seconds: [Double]

  /// Reads tasks one after the other, as an answer is made for a person.
  init(_ tasks: [ReadingTask], readBy model: AnswerModel) throws {
    let settings = AnswerDecoding(maximumTokens: Self.tokens)
    // The first reading finds memory and weights cold, which happens once a program.
    _ = try tasks.first?.read(by: model, settings: settings)
    seconds = try tasks.map { try $0.read(by: model, settings: settings).seconds }.sorted()
  }

  func note(passages: Int, in report: inout ExperimentReport) {
    guard let longest = seconds.last else { return }
    report.note(
      "Speed: \(seconds.count) answers of at most \(Self.tokens) tokens over \(passages) passages",
      [
        ("speed.median", "median, seconds", seconds[seconds.count / 2]),
        (
          "speed.p95", "95% are within, seconds",
          seconds[min(seconds.count * 95 / 100, seconds.count - 1)]
        ),
        ("speed.longest", "longest, seconds", longest),
      ]
    )
  }
}

import FineTuning
import Foundation
import Kernels
import Tokenizers

/// A tiny BERT model and questions on made-up parts, each answered by the passage that names its part.
enum TinyRanking {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("LanguageModelsTests/Fixtures/tiny-bert")

  static let letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]

  /// Twelve passages, one on each letter.
  static var passages: [String] { letters.map { "the pump \($0) , gamma \($0) valve" } }

  /// Twenty-four questions, two on each letter; four letters share a group.
  static var examples: [RankingExample] {
    letters.indices.flatMap { index in
      ["alpha \(letters[index])", "delta \(letters[index]) ."].map {
        RankingExample(question: $0, positives: [index], group: "group \(index / 4)")
      }
    }
  }

  static var settings: RankingSettings {
    var settings = RankingSettings()
    settings.questionsPerStep = 8
    settings.questionsPerGroup = 2
    settings.questionTokens = 12
    settings.passageTokens = 16
    settings.seed = 5
    return settings
  }

  static func data(
    _ examples: [RankingExample] = examples,
    passages: [String] = passages,
    _ settings: RankingSettings = settings
  ) throws -> RankingData {
    try RankingData(
      examples: examples,
      passages: passages,
      tokenizer: Tokenizer.load(folder: folder),
      settings: settings,
      maximumTokens: 24
    )
  }

  static func adapter() -> LoRASettings {
    var settings = LoRASettings()
    settings.rank = 4
    settings.alpha = 8
    return settings
  }
}

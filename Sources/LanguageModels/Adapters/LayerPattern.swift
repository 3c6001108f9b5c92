import Foundation

/// A key of `rank_pattern` or `alpha_pattern`: a regular expression that must match the end of a
/// layer's name, from a dot on.
struct LayerPattern {
  private let regex: Regex<AnyRegexOutput>

  /// Patterns that could take very long on a layer's name are not tried.
  private static let longest = 512
  private static let mostRepetitions = 3

  /// - Throws: `LanguageModelError` with code `malformedConfiguration` if it is no pattern that can be
  ///   used.
  init(_ text: String, subject: String) throws(LanguageModelError) {
    let repetitions = text.count { "*+{?".contains($0) }
    // A repeated group that repeats takes exponential time.
    let repeatsGroups = [")*", ")+", "){", ")?"].contains { text.contains($0) }
    guard text.utf8.count <= Self.longest, repetitions <= Self.mostRepetitions, !repeatsGroups
    else {
      throw Self.malformed(text, subject, cause: "It is too long or has too many repetitions.")
    }
    do {
      regex = try Regex("(?:.*\\.)?(?:\(text))")
    } catch {
      throw Self.malformed(text, subject, cause: nil)
    }
  }

  /// Whether a layer is meant.
  func matches(_ layer: String) -> Bool {
    (try? regex.wholeMatch(in: layer)) != nil
  }

  private static func malformed(
    _ text: String,
    _ subject: String,
    cause: String?
  ) -> LanguageModelError {
    LanguageModelError(
      .malformedConfiguration,
      "The pattern \"\(text.prefix(80))\" for names of layers cannot be used.",
      subject: subject,
      cause: cause,
      remedy: "Write the full names of the layers in rank_pattern and alpha_pattern."
    )
  }
}

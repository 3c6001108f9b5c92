package import Knowledge

/// An answer that a generator wrote, after its checks.
package struct WrittenAnswer: Sendable {
  /// The sentences as they are shown; unsupported ones only where that is not strict.
  package var sentences: [GroundedSentence]
  package var record: GenerationRecord
  /// Why citations were refused.
  package var refused: [CitationChecker.Fault]
  /// The parts of the context that the prompt held.
  package var context: [ContextPart]
  package var usage: GenerationResult.Usage

  /// Each citation once, by its marker.
  package var citations: [Citation] {
    var seen = Set<Int>()
    return sentences.flatMap(\.citations).filter { seen.insert($0.marker).inserted }
      .sorted { $0.marker < $1.marker }
  }

  /// Whether anything stands that the passages support.
  package var holds: Bool { sentences.contains(where: \.isSupported) }
}

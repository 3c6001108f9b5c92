import Datasets

/// Texts for the tests of questions, and what is made of them with many seeds.
enum ReadingTexts {
  static let edison = ReadingDocument(
    source: "test:edison",
    title: "Thomas Edison",
    passages: [
      """
      Thomas Edison was an American inventor who lived in New Jersey for most of his life. He invented the \
      phonograph in 1877. Visitors invent many stories about the phonograph and the laboratory at Menlo \
      Park. The laboratory at Menlo Park employed 60 workers in the winter of that year. The first film \
      studio was built by William Dickson near the town. William Dickson had joined the company as a young \
      photographer and later directed the first film. Edison was born in Milan on February 11, 1847.
      """
    ]
  )

  static let bridge = ReadingDocument(
    source: "test:bridge",
    title: "Harbour Bridge",
    passages: [
      """
      The Harbour Bridge connects the old port with the northern suburbs of the city. The bridge was opened \
      by Queen Margaret in 1932 after six years of work. Heavy storms damaged the southern tower in 1951. \
      Queen Margaret returned for the reopening of the southern tower and praised the engineers. About \
      40,000 cars cross the bridge on a normal day. The National Transport Board (NTB) maintains the \
      structure with a staff of engineers and painters.
      """
    ]
  )

  /// What many seeds make of both, made once.
  static let made = examples(
    of: [edison, bridge],
    kinds: ["clause", "recurring", "abbreviation", "mismatch", "removed"]
  )

  /// The examples of a kind that a document gives, over several seeds.
  static func examples(
    of documents: [ReadingDocument],
    kinds: Set<String>,
    seeds: Range<UInt64> = 1..<40
  ) -> [ReadingExample] {
    seeds.flatMap { seed in
      var settings = ReadingMixture.Settings()
      settings.seed = seed
      return ReadingMixture(settings: settings).synthetic(documents).examples
        .filter { kinds.contains($0.kind) }
    }
  }
}

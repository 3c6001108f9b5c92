import Knowledge

/// Turns a question of a conversation into one that can be understood alone, and so be searched for.
public struct QuestionRewriter: Sendable {
  /// What was asked before, and what was answered where that is still known.
  public struct Exchange: Hashable, Sendable {
    public var question: String
    public var answer: String?

    public init(question: String, answer: String?) {
      self.question = question
      self.answer = answer
    }
  }

  private let generator: (any TextGenerator)?

  /// Exchanges that a rewriting looks back on.
  private static let memory = 3
  /// Unicode scalars of an answer that it looks at.
  private static let answerLength = 400
  /// A question longer than this, in Unicode scalars, is no question.
  private static let longest = 400

  /// - Parameter generator: Writes the question; without one, words are carried over.
  public init(generator: (any TextGenerator)? = nil) {
    self.generator = generator
  }

  /// The question as it reads without the conversation.
  ///
  /// - Parameters:
  ///   - question: As it was typed.
  ///   - history: The exchanges before it, oldest first.
  /// - Returns: The question itself where nothing was said before or it stands alone.
  /// - Throws: What the generator throws.
  public func standalone(_ question: String, after history: [Exchange]) async throws -> String {
    guard let last = history.last else { return question }
    if let generator,
      let written = try await written(question, after: history, by: generator)
    {
      return written
    }
    return Self.carryingOver(question, from: last.question)
  }

  /// The question with the meaningful words of the one before it, where it leans on that.
  static func carryingOver(_ question: String, from previous: String) -> String {
    let words = QueryTerms.words(of: question)
    let own = Set(LightStemmer.stems(of: words))
    let meaningful = words.filter { !QueryTerms.stopWords.contains($0) }
    let leans = meaningful.count < 2 || words.contains(where: pointing.contains)
    let carried = QueryTerms.terms(of: previous).filter { !own.contains(LightStemmer.stem($0)) }
    guard leans, !carried.isEmpty else { return question }
    return "\(question) (\(carried.joined(separator: " ")))"
  }

  private func written(
    _ question: String,
    after history: [Exchange],
    by generator: any TextGenerator
  ) async throws -> String? {
    let conversation = history.suffix(Self.memory).map { exchange in
      let answer = exchange.answer.map {
        "\nAnswer: " + slice($0, 0..<min($0.unicodeScalars.count, Self.answerLength))
      }
      return "Question: \(exchange.question)\(answer ?? "")"
    }.joined(separator: "\n")
    let result = try await generator.generate(
      GenerationRequest(
        messages: [
          .init(
            .system,
            "Rewrite the last question so that it can be understood without the conversation: put names "
              + "in the place of words that point back. Change nothing else. Write the question alone."
          ),
          .init(.user, "\(conversation)\n\nLast question: \(question)"),
        ],
        maximumTokens: 96,
        stop: ["\n"]
      )
    )
    let line = result.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let text = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Self.isPlausible(text, for: question, after: history) ? text : nil
  }

  /// A small model may answer, chat or repeat itself instead of rewriting: then its text is not used.
  private static func isPlausible(
    _ text: String,
    for question: String,
    after history: [Exchange]
  ) -> Bool {
    guard !text.isEmpty, text.unicodeScalars.count <= longest else { return false }
    let stems = Set(LightStemmer.stems(of: QueryTerms.terms(of: text)))
    let asked = Set(LightStemmer.stems(of: QueryTerms.terms(of: question)))
      .subtracting(LightStemmer.stems(of: Array(pointing)))
    // Every meaningful word of the question has to be there still.
    guard asked.isSubset(of: stems) else { return false }
    // And nothing may be there that nobody said.
    let said = history.map { "\($0.question) \($0.answer ?? "")" }.joined(separator: " ")
    let known = Set(LightStemmer.stems(of: QueryTerms.words(of: said + " " + question)))
    return stems.subtracting(known).count <= 1
  }

  /// Words that point at something said before.
  private static let pointing: Set<String> = [
    "it", "its", "they", "them", "their", "theirs", "he", "she", "his", "her", "hers", "him",
    "that",
    "this", "those", "these", "there", "one", "ones", "same", "else", "also", "too", "then",
  ]
}

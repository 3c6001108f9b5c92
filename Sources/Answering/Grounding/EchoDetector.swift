/// Finds sentences that repeat what the model was told instead of answering.
struct EchoDetector: Sendable {
  private let nonce: String
  private let instructions: Set<[String]>
  private let whole: [[String]]

  /// A run of words this long is no accident.
  private static let run = 5

  init(nonce: String, instructions: String) {
    self.nonce = nonce
    let sentences = instructions.split(separator: "\n").map {
      FactText(String($0)).tokens.map(\.lower)
    }
    whole = sentences
    self.instructions = Set(sentences.flatMap(Self.runs))
  }

  /// Whether a sentence repeats the fence or the instructions.
  func repeats(_ sentence: String) -> Bool {
    if !nonce.isEmpty, sentence.contains(nonce) { return true }
    let words = FactText(sentence).tokens.map(\.lower)
    if Self.runs(of: words).contains(where: instructions.contains) { return true }
    return (3..<Self.run).contains(words.count) && whole.contains { Self.holds($0, words) }
  }

  /// Whether a sentence says that the data does not answer.
  static func abstains(_ sentence: String) -> Bool {
    let words = FactText(sentence).tokens.map(\.lower).joined(separator: " ")
    return words == "the data does not answer this"
      || words == "the data does not answer this question"
      || words == "the data do not answer this"
      || words.hasPrefix("the passages do not ") && words.split(separator: " ").count <= 20
        && ["answer", "contain", "hold", "provide", "mention"].contains { words.contains(" \($0)") }
  }

  private static func runs(of words: [String]) -> [[String]] {
    guard words.count >= run else { return [] }
    return (0...(words.count - run)).map { Array(words[$0..<($0 + run)]) }
  }

  private static func holds(_ words: [String], _ part: [String]) -> Bool {
    guard words.count >= part.count else { return false }
    return (0...(words.count - part.count)).contains {
      Array(words[$0..<($0 + part.count)]) == part
    }
  }
}

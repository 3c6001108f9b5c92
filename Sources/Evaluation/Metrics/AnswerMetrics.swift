/// Measures of a written answer against accepted ones.
///
/// Where several answers are accepted, the best counts. Without any accepted answer every measure
/// is 0.
public enum AnswerMetrics {
  /// A text as SQuAD 1.1's script compares it: lower case, without ASCII punctuation, articles and
  /// surplus whitespace.
  public static func normalized(_ text: String) -> String {
    let words = SQuADNormalization.words(text).map { AnswerWords.string(of: $0[...]) }
    return words.joined(separator: " ")
  }

  /// SQuAD 1.1's exact match: equal after normalisation.
  public static func exactMatch(_ answer: String, accepted: [String]) -> Bool {
    let words = SQuADNormalization.words(answer)
    return accepted.contains { SQuADNormalization.words($0) == words }
  }

  /// SQuAD 1.1's F1 over the words of answer and accepted answer, from 0 to 1.
  ///
  /// As in the script, two texts without a common word give 0, even where both are empty.
  public static func f1(_ answer: String, accepted: [String]) -> Double {
    let words = SQuADNormalization.words(answer)
    return accepted.map { overlap(words, SQuADNormalization.words($0)) }.max() ?? 0
  }

  /// Whether an accepted answer stands in the answer, on word boundaries, as ``AnswerWords`` reads
  /// both.
  public static func contains(_ answer: String, accepted: [String]) -> Bool {
    let words = AnswerWords.read(answer)
    return accepted.contains { candidate in
      let wanted = AnswerWords.withoutLeadingArticle(AnswerWords.read(candidate))
      return !wanted.isEmpty && words.containsRun(wanted)
    }
  }

  /// ROUGE-L as a balanced F score (β = 1): precision and recall of the longest common subsequence
  /// of words (Lin 2004, aclanthology.org/W04-1013).
  ///
  /// Words are runs of letters, marks and digits in lower case, without stemming.
  public static func rougeL(_ answer: String, accepted: [String]) -> Double {
    let words = AnswerWords.plain(answer)
    let scores = accepted.map { candidate in
      let reference = AnswerWords.plain(candidate)
      let common = Double(longestCommonSubsequence(words, reference))
      return harmonicMean(common, of: words.count, and: reference.count)
    }
    return scores.max() ?? 0
  }

  private static func overlap<Word: Hashable>(_ words: [Word], _ reference: [Word]) -> Double {
    var remaining: [Word: Int] = [:]
    for word in reference { remaining[word, default: 0] += 1 }
    var common = 0
    for word in words {
      guard let count = remaining[word], count > 0 else { continue }
      remaining[word] = count - 1
      common += 1
    }
    return harmonicMean(Double(common), of: words.count, and: reference.count)
  }

  private static func harmonicMean(_ common: Double, of first: Int, and second: Int) -> Double {
    guard common > 0 else { return 0 }
    let precision = common / Double(first)
    let recall = common / Double(second)
    return 2 * precision * recall / (precision + recall)
  }

  /// - Complexity: O(n · m) time, O(m) memory.
  private static func longestCommonSubsequence(_ first: [String], _ second: [String]) -> Int {
    guard !first.isEmpty, !second.isEmpty else { return 0 }
    var previous = [Int](repeating: 0, count: second.count + 1)
    var current = previous
    for word in first {
      for (index, other) in second.enumerated() {
        current[index + 1] =
          word == other ? previous[index] + 1 : max(previous[index + 1], current[index])
      }
      swap(&previous, &current)
    }
    return previous[second.count]
  }
}

extension [String] {
  /// Whether `run` stands in the words, in order and without a gap.
  func containsRun(_ run: [String]) -> Bool {
    guard run.count <= count else { return false }
    return (0...(count - run.count)).contains { start in
      self[start..<(start + run.count)].elementsEqual(run)
    }
  }
}

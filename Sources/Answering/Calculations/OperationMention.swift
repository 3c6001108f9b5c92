import Knowledge

/// Words of a question that ask for a computation, and what they ask it of.
package struct OperationMention: Hashable, Sendable {
  package let operation: CalculationRequest.Operation
  /// The words that follow the operation, as far as the thing it is asked of may reach.
  package let object: [String]
  /// The question says that it means all of them ("in total", "altogether").
  package let isOverAll: Bool

  private static let objectLength = 4

  /// - Parameter words: Lower-case words of a question, in order.
  package init?(in words: [String]) {
    isOverAll = words.contains(where: Self.overAllWords.contains)
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      let found: (CalculationRequest.Operation, Int)?
      switch word {
      case "how" where next == "many": found = (.count, 2)
      case "number" where next == "of": found = (.count, 2)
      case "count": found = (.count, 1)
      case "average", "mean", "median": found = (.average, 1)
      case "total", "sum", "combined", "altogether": found = (.sum, 1)
      case "how" where next == "much" && isOverAll: found = (.sum, 2)
      case _ where Self.superlatives.contains(word): found = (.rank, 1)
      case "top" where Int(next) != nil || Self.smallNumbers.contains(next): found = (.rank, 2)
      default: found = nil
      }
      guard let (operation, length) = found else { continue }
      self.operation = operation
      let after = words.dropFirst(index + length).prefix(Self.objectLength)
      // "Which customer placed the most orders": what is ranked stands in front.
      object =
        operation == .rank
        ? Array(words.prefix(index).suffix(Self.objectLength)) + after : Array(after)
      return
    }
    return nil
  }

  private static let overAllWords: Set<String> = [
    "total", "altogether", "overall", "combined", "across", "all", "entire", "whole", "sum",
  ]
  private static let superlatives: Set<String> = [
    "most", "least", "highest", "lowest", "largest", "smallest", "biggest", "cheapest", "fewest",
    "longest", "shortest", "earliest", "latest", "oldest", "newest", "heaviest", "lightest",
    "priciest", "greatest",
  ]
  private static let smallNumbers: Set<String> = ["three", "five", "ten"]
}

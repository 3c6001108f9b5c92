import Foundation

extension AdviceWeights {
  /// These weights with some of them changed by a text such as `quality=4,freshness=0.5`.
  ///
  /// - Parameters:
  ///   - text: criteria with their weights, parted by commas; criteria that are not named stay.
  ///   - subject: where the text comes from, for the error.
  /// - Returns: the weights.
  /// - Throws: ``EvaluationError`` that names the criterion and says what to write.
  public func changing(by text: String, subject: String = "--weights") throws -> AdviceWeights {
    func fault(_ message: String, _ remedy: String) -> EvaluationError {
      EvaluationError(.invalidValue, message, subject: subject, remedy: remedy)
    }
    var changes: [String: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard let name = sides.first, !name.isEmpty else {
        throw fault("A weight has no criterion.", "Write them as quality=4,freshness=2.")
      }
      guard AdviceCriterion(rawValue: name) != nil else {
        throw Self.unknown(name, subject: subject)
      }
      guard sides.count == 2, !sides[1].isEmpty else {
        throw fault("The criterion \(name) has no weight.", "Write it as \(name)=2.")
      }
      guard let weight = Double(sides[1]) else {
        throw fault(
          "The weight of \(name), “\(sides[1])”, is not a number.",
          "Give \(name) a number from 0 to 1,000,000, such as \(name)=2."
        )
      }
      guard changes.updateValue(weight, forKey: name) == nil else {
        throw fault("The criterion \(name) is named twice.", "Name \(name) once.")
      }
    }
    return try changing(changes, subject: subject)
  }
}

extension AdviceWeights: Codable {
  /// Reads an object of weights by criterion; one that is missing has its standard weight.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.singleValueContainer().decode([String: Double].self)
    self = try Self.standard.changing(values)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      Dictionary(uniqueKeysWithValues: AdviceCriterion.allCases.map { ($0.rawValue, self[$0]) })
    )
  }
}

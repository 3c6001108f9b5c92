import Foundation
import TestSupport

/// The values of `Scripts/make-evaluation-reference.py`, by the field's own packages.
struct Reference: Decodable {
  struct Answers: Decodable {
    var seed: UInt64
    var pieces, noise: [String]
    var exact: String
    var f1: [Double]
  }

  struct Rouge: Decodable {
    var seed: UInt64
    var pieces: [String]
    var rougeL: [Double]
  }

  struct Rankings: Decodable {
    var seed: UInt64
    var depths: [Int]
    /// nDCG, recall and reciprocal rank of each case.
    var values: [[Double]]
  }

  struct Tests: Decodable {
    struct Paired: Decodable {
      var pairs: [Golden.Row]
      /// Standard error, ends of the interval, p value.
      var cluster: [Double]
      /// Standard error, degrees of freedom, ends of the interval.
      var cr2: [Double]
      var signFlip: Double
    }

    struct Holm: Decodable {
      var given, corrected: [Double]

      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        given = try values.decode([Double].self)
        corrected = try values.decode([Double].self)
      }
    }

    var paired: [Paired]
    var mcnemar, wilson: [[Double]]
    var holm: [Holm]
  }

  var answers: Answers
  var rouge: Rouge
  var rankings: Rankings
  var tests: Tests

  static func load() throws -> Reference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/reference.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }
}

extension SplitMix64 {
  /// An index as the script draws it.
  mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// Up to `most` of the pieces, one after the other.
  mutating func text(of pieces: [String], most: Int) -> String {
    (0..<index(below: most + 1)).map { _ in pieces[index(below: pieces.count)] }.joined()
  }

  mutating func texts(of pieces: [String], most: Int) -> [String] {
    (0..<(1 + index(below: 3))).map { _ in text(of: pieces, most: most) }
  }
}

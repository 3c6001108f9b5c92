import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing
import Tokenizers

/// What answer models make of passages.
@Suite struct AnswerModelTests {
  /// Answers of which few are given up.
  private static let wide = AnswerDecoding(beams: 4, maximumTokens: 12, hypotheses: 8, margin: 40)

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func copiesAreContiguousAndInThePassagesOwnCharacters(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let model = try TinyAnswerModel(seed: seed, copying: Float(seed % 3), ending: -1).load()
    let passages = (0..<3).map { _ in
      Self.accented(random.text(count: Int.random(in: 0...250, using: &random)), &random)
    }
    let readings = try model.read("the pump?", passages: passages, settings: Self.wide)
    #expect(readings.count == passages.count)
    for (reading, passage) in zip(readings, passages) {
      let scalars = Array(passage.unicodeScalars)
      let boundaries = passage.reduce(into: [0]) {
        $0.append($0[$0.count - 1] + $1.unicodeScalars.count)
      }
      let words = Self.wordBoundaries(passage, model)
      for hypothesis in reading.hypotheses {
        #expect(hypothesis.logProbability <= 1e-6)
        #expect(!hypothesis.text.isEmpty && !hypothesis.pieces.isEmpty)
        var rest = hypothesis.text[...]
        var wasCopied = false
        for piece in hypothesis.pieces {
          let shown: String
          switch piece {
          case .generated(let text):
            wasCopied = false
            shown = text
          case .copied(let range):
            #expect(!wasCopied)
            wasCopied = true
            guard range.lowerBound >= 0, range.upperBound <= scalars.count, !range.isEmpty else {
              Issue.record("\(range) is no part of a passage of \(scalars.count) scalars")
              return
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            shown = String(view)
            #expect(boundaries.contains(range.lowerBound) && boundaries.contains(range.upperBound))
            #expect(words.starts.contains { range.contains($0) })
            #expect(words.ends.contains { range.contains($0 - 1) })
          }
          // The text is the pieces in order, with spaces at most between them.
          if let place = rest.range(of: shown.prefix(1)), !shown.isEmpty {
            #expect(rest[..<place.lowerBound].allSatisfy { $0 == " " })
            rest = rest[place.lowerBound...]
          }
          rest =
            rest.unicodeScalars.starts(with: shown.unicodeScalars)
            ? Substring(rest.unicodeScalars.dropFirst(shown.unicodeScalars.count)) : rest
        }
      }
      let total = reading.hypotheses.reduce(exp(reading.logProbabilityOfNone)) {
        $0 + exp($1.logProbability)
      }
      #expect(total <= 1 + 1e-6)
    }
  }

  /// Text with accents of their own behind some letters.
  private static func accented(_ text: String, _ random: inout SplitMix64) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      view.append(scalar)
      if random.next() % 6 == 0 { view.append("\u{301}") }
    }
    return String(view)
  }

  /// Where words of a text begin and end for the tokenizer, in scalars.
  private static func wordBoundaries(
    _ text: String,
    _ model: AnswerModel
  ) -> (starts: Set<Int>, ends: Set<Int>) {
    let encoding = model.tokenizer.encode(
      text,
      addSpecialTokens: false,
      recognizesSpecialTokens: false
    )
    var starts: Set<Int> = []
    var ends: Set<Int> = []
    for (index, offsets) in encoding.offsets.enumerated() {
      if !encoding.tokens[index].hasPrefix("##") { starts.insert(offsets.lowerBound) }
      if index + 1 == encoding.count || !encoding.tokens[index + 1].hasPrefix("##") {
        ends.insert(offsets.upperBound)
      }
    }
    return (starts, ends)
  }

  @Test func copiedWordsKeepTheirCaseAndAccents() throws {
    let model = try TinyAnswerModel(seed: 5, copying: 20, ending: 30, none: -30).load()
    let passage = "Pu\u{301}mps"
    let reading = try model.read("the?", passages: [passage])[0]
    let best = try #require(reading.hypotheses.first)
    #expect(best.pieces == [.copied(0..<6)])
    #expect(Array(best.text.unicodeScalars) == Array(passage.unicodeScalars))
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>, [1, 2, 5])
  func theSearchFindsWhatAPlainOneFinds(seed: UInt64, beams: Int) throws {
    let model = try TinyAnswerModel(seed: seed, copying: Float(seed % 4), none: -8).load()
    let passage = "a pumping, b2c. the pumps (d) 1 e f the pumping"
    let reading = try model.read(
      "the pump?",
      passages: [passage],
      settings: AnswerDecoding(
        beams: beams,
        maximumTokens: 10,
        hypotheses: .max,
        margin: .infinity
      )
    )[0]
    let plain = try PlainBeamSearch(
      model,
      question: "the pump?",
      passage: passage,
      beams: beams,
      maximumTokens: 10
    )
    #expect(abs(reading.logProbabilityOfNone - plain.logProbabilityOfNone) <= 1e-5)
    let found = reading.hypotheses.map(\.logProbability)
    #expect(found.count == plain.logProbabilities.count)
    for (found, expected) in zip(found, plain.logProbabilities) {
      #expect(abs(found - expected) <= 1e-4)
    }
  }

  @Test func aPassagesReadingDoesNotDependOnItsCompany() throws {
    var random = SplitMix64(seed: 77)
    let model = try TinyAnswerModel(seed: 21, copying: 1).load()
    let passages = (0..<6).map { _ in random.text(count: 120) } + ["", "the pump"]
    let settings = AnswerDecoding(beams: 3, maximumTokens: 6)
    let together = try model.read("the a?", passages: passages, settings: settings)
    for (passage, reading) in zip(passages, together) {
      let alone = try model.read("the a?", passages: [passage], settings: settings)[0]
      #expect(abs(alone.logProbabilityOfNone - reading.logProbabilityOfNone) <= 1e-4)
      #expect(alone.hypotheses.map(\.text) == reading.hypotheses.map(\.text))
      #expect(alone.tokens == reading.tokens)
      for (alone, reading) in zip(alone.hypotheses, reading.hypotheses) {
        #expect(abs(alone.logProbability - reading.logProbability) <= 1e-3)
      }
    }
    #expect(try model.read("the a?", passages: []).isEmpty)
  }

  @Test func aPassageInManyWindowsHasOneReading() throws {
    var random = SplitMix64(seed: 5)
    let model = try TinyAnswerModel(seed: 8, copying: 2).load()
    let long = random.text(count: 2000)
    let readings = try model.read("the?", passages: ["a", long, "b"])
    #expect(readings.count == 3)
    #expect(readings[1].tokens > 3 * TinyAnswerModel.positions)
    for hypothesis in readings[1].hypotheses {
      for case .copied(let range) in hypothesis.pieces {
        #expect(range.upperBound <= long.unicodeScalars.count)
      }
    }
  }

  @Test func fromMemoryNothingIsCopied() throws {
    let model = try TinyAnswerModel(seed: 4, ending: 2).load()
    let reading = try model.recall("the pump?", settings: Self.wide)
    #expect(!reading.hypotheses.isEmpty)
    for hypothesis in reading.hypotheses {
      #expect(hypothesis.pieces.count == 1)
      #expect(hypothesis.pieces == [.generated(hypothesis.text)])
    }
    let nothing = try model.read("the pump?", passages: [""], settings: Self.wide)[0]
    #expect(nothing.hypotheses.allSatisfy { $0.pieces == [.generated($0.text)] })
  }

  @Test func withoutAnAnswerThereIsOnlyNone() throws {
    let model = try TinyAnswerModel(seed: 4, copying: -20, none: 40).load()
    let reading = try model.read("the pump?", passages: ["the pump"])[0]
    #expect(reading.hypotheses.isEmpty)
    #expect(reading.logProbabilityOfNone > -1)
  }

  @Test func answersAreBestFirstAndEachTextOnce() throws {
    let model = try TinyAnswerModel(seed: 6, copying: 1, ending: 2).load()
    let passage = "the pump, the pump. a b the pump"
    let all = try model.read("a?", passages: [passage], settings: Self.wide)[0].hypotheses
    #expect(all.count > 1)
    #expect(Set(all.map { $0.text.lowercased() }).count == all.count)
    for (better, worse) in zip(all, all.dropFirst()) {
      #expect(better.logProbability >= worse.logProbability)
    }
    var settings = Self.wide
    settings.hypotheses = 1
    #expect(try model.read("a?", passages: [passage], settings: settings)[0].hypotheses == [all[0]])
  }

  @Test func strangeSettingsAreTakenAsTheNearestThatWork() throws {
    let model = try TinyAnswerModel(seed: 6, ending: 2).load()
    for settings in [
      AnswerDecoding(beams: 0, maximumTokens: 0, hypotheses: 0, margin: -1),
      AnswerDecoding(beams: .min, maximumTokens: .max, hypotheses: .max, margin: .nan),
      AnswerDecoding(beams: .max, maximumTokens: 2, hypotheses: .max, margin: .infinity),
    ] {
      #expect(try model.read("a?", passages: ["b c"], settings: settings).count == 1)
    }
  }
}

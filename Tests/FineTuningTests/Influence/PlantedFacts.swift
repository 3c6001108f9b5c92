import TestSupport

/// 1,000 examples with 50 facts among them, each said once and in other words than those of the question
/// about it, and 19 decoys for each: two to nine with the question's wording about a relative of the same
/// person, three to eight with the same answer for other people, the rest about others altogether.
///
/// Words alone lead to decoys: these share the question's wording and a name with it, while the planted
/// example shares the name and the answer's value and hardly anything else.
struct PlantedFacts {
  /// A question with its answer.
  struct Item: Equatable {
    let question: String
    let answer: String
  }

  /// A fact as it is asked for, and where it was planted.
  struct Fact {
    let asked: Item
    /// Its place among the examples.
    let planted: Int
  }

  let examples: [Item]
  let facts: [Fact]

  /// Makes the examples; the same seed makes the same ones.
  init(seed: UInt64) {
    var maker = Maker(seed: seed)
    var items: [(fact: Int?, item: Item)] = []
    var asked: [Item] = []
    for index in 0..<50 {
      let relation = Relation.all[index % Relation.all.count]
      let person = maker.word()
      let value = maker.value(isNumber: relation.isNumber)
      asked.append(relation.plain(person, value))
      items.append((index, relation.reworded(person, value)))
      let relatives = Self.relatives.prefix(maker.number(in: 2...9))
      for relative in relatives {
        let other = maker.value(isNumber: relation.isNumber)
        items.append((nil, relation.plain("\(person)'s \(relative)", other)))
      }
      let similar = Relation.all.filter { $0.isNumber == relation.isNumber }
      let sharing = maker.number(in: 3...8)
      for place in 0..<sharing {
        let other =
          place % 2 == 0 ? relation : similar[maker.number(in: 0...similar.count - 1)]
        let who = maker.word()
        items.append((nil, place % 3 == 2 ? other.reworded(who, value) : other.plain(who, value)))
      }
      for place in 0..<19 - relatives.count - sharing {
        let who = maker.word()
        let other = maker.value(isNumber: relation.isNumber)
        items.append(
          (nil, place % 3 == 0 ? relation.reworded(who, other) : relation.plain(who, other))
        )
      }
    }
    items.shuffle(using: &maker.generator)
    examples = items.map(\.item)
    var places = [Int](repeating: 0, count: asked.count)
    for (place, entry) in items.enumerated() {
      if let fact = entry.fact { places[fact] = place }
    }
    facts = zip(asked, places).map { Fact(asked: $0, planted: $1) }
  }

  private static let relatives = [
    "brother", "sister", "mother", "father", "uncle", "aunt", "grandma", "grandpa", "cousin",
  ]

  /// Invents words and numbers, none twice.
  private struct Maker {
    var generator: SplitMix64
    private var used: Set<String> = []

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func number(in range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(generator.next() % UInt64(range.count))
    }

    mutating func value(isNumber: Bool) -> String { isNumber ? number() : word() }

    mutating func number() -> String {
      new { String(1000 + $0.next() % 9000) }
    }

    mutating func word() -> String {
      let starts = [
        "B", "D", "F", "G", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z", "Br", "Tr",
      ]
      let vowels = ["a", "e", "i", "o", "u"]
      let middles = ["l", "n", "r", "s", "t", "m", "k", "nd", "st", "rv", "lm", "sk"]
      let ends = ["", "n", "l", "s", "x", "th"]
      return new { generator in
        func pick(_ parts: [String]) -> String {
          parts[Int(generator.next() % UInt64(parts.count))]
        }
        return pick(starts) + pick(vowels) + pick(middles) + pick(vowels) + pick(ends)
      }
    }

    private mutating func new(_ make: (inout SplitMix64) -> String) -> String {
      while true {
        let made = make(&generator)
        if used.insert(made).inserted { return made }
      }
    }
  }
}

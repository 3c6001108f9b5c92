import Datasets
import TestSupport

/// Examples about invented products and people, without anything wrong in them: many are made by one
/// template and differ in a name and a number, as company data does.
struct CompanyCorpus {
  /// One kind of question with its answer; `%n` is the name, `%v` a number, `%d` a day, `%p` a person.
  private static let templates = [
    ("What is the price of the %n?", "The %n costs %v euros."),
    ("How long is the warranty of the %n?", "The warranty of the %n lasts %v months."),
    ("Who leads the department that builds the %n?", "%p leads the department that builds the %n."),
    ("On which day is the %n delivered?", "The %n is delivered on %d."),
    (
      "In which warehouse is the %n stored, and how many are left?",
      "It is stored in hall %v, and there are enough of them left for the coming season."
    ),
    (
      "What must a customer do to return the %n?",
      "A customer must fill in form %v, put the %n into its original box and bring both to any shop."
    ),
    (
      "Can the %n be used outside in winter?",
      "Yes, the %n can be used down to minus %v degrees, if its cover is closed and the pump is dry."
    ),
    (
      "Which supplier makes the motor of the %n?",
      "The motor is made by %p and Sons in their own works."
    ),
    (
      "What is the maximum load of the %n, according to the manual?",
      "According to the manual the %n carries %v kilograms."
    ),
    (
      "Is special training required before employees use the %n?",
      "Employees must attend a course of %v hours before they may use the %n alone."
    ),
    (
      "Describe the %n in one sentence.",
      "The %n is a compact machine for small workshops that needs %v watts and hardly any care."
    ),
    (
      "When was the %n first sold?", "It was first sold in %v, at the fair in the old harbour hall."
    ),
  ]
  private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]

  /// Examples about as many products as are asked for, four for each, each in the split of its document.
  static func examples(products: Int, seed: UInt64) -> [Example] {
    var random = SplitMix64(seed: seed)
    var names: Set<String> = []
    var examples: [Example] = []
    while names.count < products {
      let name = Self.name(&random)
      guard names.insert(name).inserted else { continue }
      let split: Example.Split =
        names.count % 10 == 0 ? .test : names.count % 10 == 1 ? .validation : .train
      for (question, answer) in templates.shuffled(using: &random).prefix(4) {
        let value = "\(Int.random(in: 3...2400, using: &random))"
        let person = "\(Self.name(&random)) \(Self.name(&random))"
        let day = days[Int(random.next() % 5)]
        func filled(_ text: String) -> String {
          text.replacing("%n", with: name).replacing("%v", with: value)
            .replacing("%p", with: person).replacing("%d", with: day)
        }
        examples.append(
          Example(
            question: filled(question),
            answer: filled(answer),
            origin: .synthesized,
            source: .init(place: "products/\(name)", document: "products/\(name).md"),
            split: split
          )
        )
      }
    }
    return examples
  }

  private static func name(_ random: inout SplitMix64) -> String {
    let starts = [
      "Bel", "Tar", "Mor", "Ver", "Sil", "Kan", "Dor", "Fen", "Lu", "Gra", "Os", "Pri", "Ha", "Zem",
    ]
    let middles = ["va", "do", "ri", "ne", "tu", "lo", "mi", "ge", "sta", "ka"]
    let ends = [
      "mont", "lin", "ster", "dex", "ra", "von", "nik", "well", "ton", "quist", "berg", "la",
    ]
    func pick(_ from: [String]) -> String { from[Int(random.next() % UInt64(from.count))] }
    return pick(starts) + pick(middles) + pick(ends)
  }
}

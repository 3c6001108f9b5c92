import Datasets
import TestSupport

/// A dataset into which known faults are planted, to see how many of them a check finds.
struct PlantedDataset {
  /// What is planted.
  enum Fault: String, CaseIterable {
    case exactDuplicate, nearDuplicate, leak, sharedDocument, contradiction, personalData,
      uselessMask
  }

  /// One planted fault.
  struct Plant {
    var fault: Fault
    /// The example that was added, and the one that it was made from.
    var planted: Int
    var original: Int
    /// What it is more exactly, for a message.
    var note: String
  }

  private(set) var examples: [Example]
  private(set) var plants: [Plant] = []
  private var random: SplitMix64
  private var samples: PersonalDataSamples
  private let baseCount: Int

  /// Plants so many faults of each kind among examples without faults.
  init(base: [Example], count: Int, seed: UInt64) {
    examples = base
    baseCount = base.count
    random = SplitMix64(seed: seed)
    samples = PersonalDataSamples(random: SplitMix64(seed: seed ^ 0xA5A5))
    // Each example serves once, so that faults do not hide one another.
    var unused = Array(base.indices).shuffled(using: &random)
    for fault in Fault.allCases {
      var planted = 0
      while planted < count, let original = unused.popLast() {
        if plant(fault, from: original) { planted += 1 }
      }
    }
  }

  private mutating func plant(_ fault: Fault, from original: Int) -> Bool {
    var example = examples[original]
    guard let question = example.question, let answer = example.answer else { return false }
    var note = ""
    switch fault {
    case .exactDuplicate: break
    case .nearDuplicate:
      example = reworded(example, question: question, answer: answer)
    case .leak:
      example.split = otherSplit(example.split)
      example.source = nil
      switch random.next() % 3 {
      case 0: break
      case 1:
        example = Example(
          question: Rewording.reword(question, with: &random, isQuestion: true),
          answer: answer,
          origin: example.origin,
          split: example.split
        )
      default:
        let split = example.split
        example = reworded(example, question: question, answer: answer)
        example.split = split
      }
    case .sharedDocument:
      let document = example.source ?? .init(place: "p\(original)", document: "d\(original)")
      examples[original].source = document
      example = Example(
        question: "What else does page \(original) of the notes by \(original * 7) people say?",
        answer: "Chapter \(original * 3) is about harvest \(original * 11) in the north.",
        origin: .synthesized,
        source: document,
        split: otherSplit(example.split)
      )
    case .contradiction:
      guard let changed = AnswerChange.change(answer, with: &random) else { return false }
      example = Example(
        question: Rewording.reword(question, with: &random, isQuestion: true),
        answer: changed,
        origin: example.origin,
        split: example.split
      )
    case .personalData:
      let (kind, sentence) = samples.sentence()
      note = kind
      let text = random.next() % 2 == 0 ? "\(answer) \(sentence)" : "\(sentence) \(answer)"
      examples[original].messages[examples[original].messages.count - 1].content = text
      plants.append(
        Plant(fault: fault, planted: original, original: original, note: "\(kind): \(sentence)")
      )
      return true
    case .uselessMask:
      let last = example.messages.count - 1
      switch random.next() % 4 {
      case 0: for place in example.messages.indices { example.messages[place].isLearnt = false }
      case 1: example.messages.remove(at: last)
      case 2: example.messages[last].content = ""
      default: example.messages[last].content = " \n\t "
      }
      examples[original] = example
      plants.append(Plant(fault: fault, planted: original, original: original, note: ""))
      return true
    }
    note = "\(example.question ?? "") | \(example.answer ?? "")"
    plants.append(Plant(fault: fault, planted: examples.count, original: original, note: note))
    examples.append(example)
    return true
  }

  private mutating func reworded(_ example: Example, question: String, answer: String) -> Example {
    var copy = example
    copy.messages = [
      .init(.user, Rewording.reword(question, with: &random, isQuestion: true)),
      .init(.assistant, Rewording.reword(answer, with: &random, isQuestion: false)),
    ]
    return copy
  }

  private mutating func otherSplit(_ split: Example.Split?) -> Example.Split {
    let others = Example.Split.allCases.filter { $0 != split }
    return others[Int(random.next() % UInt64(others.count))]
  }

  /// The plants of a fault that a check did not find.
  func missed(_ fault: Fault, by check: DatasetCheck) -> [Plant] {
    let kinds: [Finding.Kind] =
      switch fault {
      case .exactDuplicate: [.exactDuplicate]
      case .nearDuplicate: [.nearDuplicate, .exactDuplicate]
      case .leak: [.leakage]
      case .sharedDocument: [.sharedDocument]
      case .contradiction: [.contradiction]
      case .personalData: [.personalData, .secret]
      case .uselessMask: [.nothingLearnt]
      }
    let findings = kinds.flatMap { check.findings(of: $0) }.map { Set($0.examples) }
    return plants.filter { plant in
      plant.fault == fault
        && !findings.contains {
          $0.contains(plant.planted) && $0.contains(plant.original)
        }
    }
  }

  /// Examples that a check accuses of a planted kind of fault though nothing was planted there.
  func accused(by check: DatasetCheck) -> Set<Int> {
    // A document that was put into a second split is shared by all its examples.
    let shared = Set(
      plants.filter { $0.fault == .sharedDocument }
        .compactMap { examples[$0.planted].source?.document }
    )
    let touched = Set(plants.flatMap { [$0.planted, $0.original] }).union(
      examples.indices.filter { examples[$0].source.map { shared.contains($0.document) } ?? false }
    )
    let kinds: [Finding.Kind] = [
      .exactDuplicate, .nearDuplicate, .leakage, .sharedDocument, .contradiction, .personalData,
      .secret, .nothingLearnt,
    ]
    return Set(kinds.flatMap { check.examples(with: $0) }).subtracting(touched)
  }
}

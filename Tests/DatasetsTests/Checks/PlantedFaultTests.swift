import Datasets
import Foundation
import TestSupport
import Testing

/// Whether the check finds what was planted, with seeds that were not used while it was built (1–20,
/// 1001–1020 and 2001–2002 were), and leaves the rest in peace.
@Suite struct PlantedFaultTests {
  static let alpaca = "finetuning/formats/data/alpaca_en_demo.json"

  private static let seeds: ClosedRange<UInt64> = TestLength.isFull ? 7001...7020 : 3001...3003

  @Test func companyData() {
    measure("company", among: CompanyCorpus.examples(products: 200, seed: 77))
  }

  @Test(.enabled(if: SharedData.holds(alpaca), "needs the shared data"))
  func alpacaData() throws {
    measure("alpaca", among: try Self.alpacaExamples())
  }

  @Test(.enabled(if: SharedData.holds(alpaca), "needs the shared data"))
  func fewFalseAlarms() throws {
    let examples = try Self.alpacaExamples()
    let check = DatasetChecker().check(examples)
    var accused: Set<Int> = []
    for finding in check.findings where finding.severity != .note {
      // The file holds equal examples: those are no false alarm.
      if finding.kind == .exactDuplicate { continue }
      if finding.kind == .leakage, Set(finding.examples.map { examples[$0].messages }).count == 1 {
        continue
      }
      accused.formUnion(finding.examples)
    }
    if TestLength.isFull { print("alpaca as it is: \(accused.count) of \(examples.count) accused") }
    #expect(Double(accused.count) <= 0.01 * Double(examples.count), "\(accused.count) accused")
    #expect(!check.isWorthless)
  }

  /// The examples of the file, every fifth for validation or test.
  static func alpacaExamples() throws -> [Example] {
    try DatasetFile.read(SharedData.url(alpaca)).examples.enumerated().map { index, example in
      var example = example
      example.source = nil
      example.split = index % 10 == 0 ? .validation : index % 10 == 5 ? .test : .train
      return example
    }
  }

  private func measure(_ name: String, among base: [Example]) {
    var planted: [PlantedDataset.Fault: Int] = [:]
    var missed: [PlantedDataset.Fault: [String]] = [:]
    var accused: Set<Int> = []
    let clean = DatasetChecker().check(base)
    let before = Set(clean.findings.flatMap(\.examples))
    for seed in Self.seeds {
      let dataset = PlantedDataset(base: base, count: base.count / 20, seed: seed)
      let check = DatasetChecker(settings: .init(seed: seed)).check(dataset.examples)
      for fault in PlantedDataset.Fault.allCases {
        planted[fault, default: 0] += dataset.plants.count { $0.fault == fault }
        missed[fault, default: []] += dataset.missed(fault, by: check).map { plant in
          "[\(seed)] \(plant.note) <- \(base[plant.original].question ?? "") | \(base[plant.original].answer ?? "")"
        }
      }
      accused.formUnion(dataset.accused(by: check).subtracting(before))
    }
    // Three seeds plant too few of a kind to tell 1% of them: it is held to 3%, and all together to 1%.
    let most = TestLength.isFull ? 0.01 : 0.03
    let lostOfAll = missed.values.reduce(0) { $0 + $1.count }
    #expect(Double(lostOfAll) <= 0.01 * Double(planted.values.reduce(0, +)))
    for fault in PlantedDataset.Fault.allCases {
      let all = planted[fault] ?? 0
      let lost = missed[fault] ?? []
      #expect(all > 0)
      #expect(
        Double(lost.count) <= most * Double(all),
        "\(name), \(fault): \(lost.count) of \(all) missed, such as \(lost.prefix(5).joined(separator: "\n"))"
      )
      if TestLength.isFull { print("\(name), \(fault): \(all - lost.count) of \(all) found") }
    }
    if TestLength.isFull { print("\(name): \(accused.count) of \(base.count) accused wrongly") }
    #expect(Double(accused.count) <= 0.01 * Double(base.count), "\(name): \(accused.count) accused")
  }
}

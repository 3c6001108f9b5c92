import Datasets
import Testing

@Suite struct DatasetVersionTests {
  private let examples = (0..<5).map { index in
    Example(
      question: "Q\(index)",
      answer: "A\(index)",
      origin: .imported,
      passage: index == 0 ? nil : "P\(index)",
      source: .init(place: "x", document: "x"),
      split: index == 4 ? .test : .train
    )
  }

  @Test func orderAndSourceDoNotChangeIt() {
    let version = DatasetVersion(of: examples)
    #expect(version.exampleCount == 5)
    #expect((version.trainCount, version.validationCount, version.testCount) == (4, 0, 1))
    #expect(DatasetVersion(of: examples.reversed()) == version)
    var moved = examples
    moved[1].source = nil
    #expect(DatasetVersion(of: moved) == version)
  }

  @Test func whatTrainingSeesChangesIt() {
    let version = DatasetVersion(of: examples).identifier
    var changed: [[Example]] = Array(repeating: examples, count: 7)
    changed[0][0].split = .validation
    changed[1][0].messages[1].content += " "
    changed[2][0].messages[1].isLearnt = false
    changed[3][0].passage = ""
    changed[4][0].distractors = ["d"]
    changed[5].append(examples[0])
    changed[6].removeLast()
    let versions = Set(changed.map { DatasetVersion(of: $0).identifier })
    #expect(versions.count == 7)
    #expect(!versions.contains(version))
  }

  @Test func identifiersDoNotRunTogether() {
    let one = Example([.init(.user, "ab"), .init(.assistant, "c")], origin: .imported)
    let other = Example([.init(.user, "a"), .init(.assistant, "bc")], origin: .imported)
    var same = one
    same.split = .test
    same.origin = .asked
    #expect(one.identifier != other.identifier)
    #expect(one.identifier == same.identifier)
    #expect(one.identifier.count == 64)
  }
}

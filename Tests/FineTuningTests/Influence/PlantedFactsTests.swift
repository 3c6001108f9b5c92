import FineTuning
import Foundation
import TestSupport
import Testing

/// Does influence name the example that an answer was learnt from, and is what it names missed?
@Suite struct PlantedFactsTests {
  private static let place = "models/stories260k/huggingface"

  @Test func examplesAreMadeAsTheySay() {
    let facts = PlantedFacts(seed: 5)
    #expect(facts.examples.count == 1000)
    #expect(facts.facts.count == 50)
    #expect(facts.examples == PlantedFacts(seed: 5).examples)
    #expect(facts.examples != PlantedFacts(seed: 6).examples)
    for fact in facts.facts {
      #expect(!facts.examples.contains(fact.asked))
      #expect(facts.examples.indices.contains(fact.planted))
    }
  }

  @Test(
    .enabled(if: TestLength.isFull, "takes minutes; set ATTUNE_FULL_TESTS=1"),
    .enabled(if: SharedData.holds(place), "needs the shared data")
  )
  func plantedExamplesAreNamedAndMissed() throws {
    let trial = try PlantedFactsTrial(seed: 20_260, model: SharedData.url(Self.place))
    let folder = try TemporaryDirectory()
    let outcome = try trial.run(in: folder.url)
    let page = InfluencePage(outcome).text
    if let results = ProcessInfo.processInfo.environment["ATTUNE_RESULTS"] {
      try page.write(
        to: URL(fileURLWithPath: results).appendingPathComponent("influence.md"),
        atomically: true,
        encoding: .utf8
      )
    }
    let count = trial.facts.facts.count
    let found = PlantedFactsTrial.Outcome.found(outcome.influence)
    #expect(found > PlantedFactsTrial.Outcome.found(outcome.words), "\(page)")
    #expect(Double(found) >= 0.8 * Double(count), "\(page)")
    #expect(Double(outcome.missed) >= 0.8 * Double(count), "\(page)")
  }
}

import Evaluation
import Foundation
import Testing

@Suite struct AdviceWeightsTests {
  @Test func aTextChangesTheCriteriaThatItNames() throws {
    let weights = try AdviceWeights.standard.changing(by: " quality = 0.5 ,cost=3")
    #expect(weights[.quality] == 0.5 && weights[.cost] == 3)
    #expect(weights[.freshness] == 2 && weights[.effort] == 1)
  }

  @Test(
    arguments: [
      ("speed=2", "speed", "latency"), ("quality", "quality", "quality=2"),
      ("quality=", "quality", "quality=2"), ("=2", "no criterion", "quality=4"),
      ("", "no criterion", "quality=4"), ("quality=4,", "no criterion", "quality=4"),
      ("cost=much", "much", "cost=2"), ("cost=-1", "cost", "from 0"),
      ("cost=inf", "cost", "from 0"), ("cost=nan", "cost", "from 0"),
      ("cost=1e9", "cost", "1,000,000"), ("cost=1,cost=2", "twice", "once"),
      (
        "quality=0,freshness=0,transparency=0,latency=0,cost=0,effort=0", "No criterion",
        "4 to quality"
      ),
    ]
  )
  func faultsNameTheCriterionAndTheRemedy(_ text: String, _ message: String, _ remedy: String) {
    let error = #expect(throws: EvaluationError.self) {
      try AdviceWeights.standard.changing(by: text)
    }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
  }

  @Test func weightsAreAnObjectInJSON() throws {
    let weights = try AdviceWeights.standard.changing(by: "effort=7")
    let data = try JSONEncoder().encode(weights)
    #expect(try JSONDecoder().decode(AdviceWeights.self, from: data) == weights)
    let some = try JSONDecoder().decode(AdviceWeights.self, from: Data(#"{"effort": 7}"#.utf8))
    #expect(some == weights)
    #expect(throws: EvaluationError.self) {
      try JSONDecoder().decode(AdviceWeights.self, from: Data(#"{"effort": -7}"#.utf8))
    }
  }
}

import Evaluation
import Foundation
import Testing

@Suite struct ExperimentTests {
  private let text = """
    {"name":"hybrid-retrieval","purpose":"Hybrid search beats both parts.","seed":3,
     "data":{"pool":["xquad-en","qed"],"weights":{"chosenOn":"train","share":0.5}},
     "settings":{"depth":10,"summaries":true,"model":"all-MiniLM-L6-v2","note":null},
     "expect":{"nDCG@10":{"value":0.8,"tolerance":0.01},"gain":{"atLeast":0},"ms":{"atMost":12}}}
    """

  private func experiment() throws -> Experiment {
    try JSONDecoder().decode(Experiment.self, from: Data(text.utf8))
  }

  @Test func anExperimentIsReadCheckedAndWrittenBack() throws {
    let experiment = try experiment()
    try experiment.check()
    #expect(experiment.settings["depth"] == .integer(10))
    #expect(experiment.settings["summaries"] == .bool(true))
    #expect(experiment.settings["note"] == .null)
    #expect(experiment.data["pool"] == .list([.text("xquad-en"), .text("qed")]))
    #expect(
      experiment.data["weights"] == .map(["chosenOn": .text("train"), "share": .number(0.5)])
    )
    let copy = try JSONDecoder().decode(
      Experiment.self,
      from: JSONEncoder().encode(experiment)
    )
    #expect(copy == experiment)
  }

  @Test func figuresThatAreOffAreListed() throws {
    let experiment = try experiment()
    let good = ExperimentOutcome(
      experiment: experiment,
      figures: ["nDCG@10": 0.81, "gain": 0, "ms": 12, "other": 99]
    )
    #expect(good.verify().isEmpty)
    let bad = ExperimentOutcome(experiment: experiment, figures: ["nDCG@10": 0.82, "gain": .nan])
    #expect(bad.verify().map(\.metric) == ["gain", "ms", "nDCG@10"])
    #expect(bad.verify()[1].description == "ms: missing, expected ≤ 12.0")
  }

  @Test(arguments: [
    ("hybrid-retrieval", "Hybrid retrieval"), ("Hybrid search beats both parts.", " "),
    ("\"tolerance\":0.01", "\"tolerance\":-1"),
  ])
  func experimentsThatMakeNoSenseAreRefused(from: String, to: String) throws {
    let broken = text.replacingOccurrences(of: from, with: to)
    let experiment = try JSONDecoder().decode(Experiment.self, from: Data(broken.utf8))
    #expect(throws: EvaluationError.self) { try experiment.check() }
  }

  @Test(arguments: ["{}", "{\"value\":1}", "{\"value\":1,\"tolerance\":0,\"atLeast\":1}"])
  func anExpectationSaysOneThing(expectation: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Expectation.self, from: Data(expectation.utf8))
    }
  }

  @Test func anExperimentWithoutExpectationIsRefused() {
    let experiment = Experiment(name: "a", purpose: "b", expect: [:])
    #expect(throws: EvaluationError.self) { try experiment.check() }
  }
}

import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

@Suite struct SamplerTests {
  /// Probabilities 0.4, 0.3, 0.2, 0.1, and one that is no number.
  private let logits: [Float] = [0.2, 0.4, 0.1, 0.3].map { logf($0) } + [.nan]

  private func counts(
    _ settings: SamplingSettings,
    draws: Int = 4000,
    history: [Int32] = []
  ) throws -> [Double] {
    var sampler = try Sampler(settings, kernels: .active())
    var counts = [Double](repeating: 0, count: logits.count)
    for _ in 0..<draws {
      let drawn = sampler.choose(logits, history: history)
      let token = try #require(drawn)
      counts[Int(token.id)] += 1 / Double(draws)
    }
    return counts
  }

  private func expect(_ found: [Double], _ expected: [Double]) {
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 0.03) }
  }

  @Test func withoutTemperatureTheLikeliestIsTaken() throws {
    var sampler = try Sampler(.greedy, kernels: .active())
    let chosen = sampler.choose(logits, history: [])
    let token = try #require(chosen)
    #expect(token.id == 1)
    #expect(abs(token.logProbability - logf(0.4)) < 1e-6)
    let none = sampler.choose([.nan, .nan], history: [])
    #expect(none == nil)
    let first = sampler.choose([0, 0, 0], history: [])
    #expect(first?.id == 0)
  }

  @Test func drawsFollowTheProbabilities() throws {
    expect(try counts(SamplingSettings(temperature: 1)), [0.2, 0.4, 0.1, 0.3, 0])
    // p² for half the temperature.
    expect(try counts(SamplingSettings(temperature: 0.5)), [0.133, 0.533, 0.033, 0.3, 0])
  }

  @Test func topKTopPAndMinPLeaveOutTheUnlikely() throws {
    expect(try counts(SamplingSettings(temperature: 1, topK: 2)), [0, 0.571, 0, 0.429, 0])
    expect(try counts(SamplingSettings(temperature: 1, topP: 0.65)), [0, 0.571, 0, 0.429, 0])
    expect(try counts(SamplingSettings(temperature: 1, topP: 0.75)), [0.222, 0.444, 0, 0.333, 0])
    expect(try counts(SamplingSettings(temperature: 1, minP: 0.45)), [0.222, 0.444, 0, 0.333, 0])
    expect(
      try counts(SamplingSettings(temperature: 1, topK: 3, topP: 0.7)),
      [0, 0.571, 0, 0.429, 0]
    )
    expect(
      try counts(SamplingSettings(temperature: 1, topK: 1, topP: 0.01, minP: 1)),
      [0, 1, 0, 0, 0]
    )
  }

  @Test func topPOverManyTokensKeepsItsShare() throws {
    // 2,000 tokens with the probability 1/2000 each: half of them can be drawn.
    var sampler = try Sampler(SamplingSettings(temperature: 1, topP: 0.5), kernels: .active())
    var seen: Set<Int32> = []
    for _ in 0..<6000 {
      let drawn = sampler.choose([Float](repeating: 3, count: 2000), history: [])
      seen.insert(try #require(drawn).id)
    }
    #expect(seen.count > 950 && seen.count <= 1001)
    #expect(seen.allSatisfy { $0 <= 1000 })
  }

  @Test func whatHasOccurredIsLessLikely() throws {
    // log 0.4 · 2 = log 0.16: now 0.16 of 0.76.
    let settings = SamplingSettings(temperature: 1, repetitionPenalty: 2)
    expect(try counts(settings, history: [1, 1, 99, -5]), [0.263, 0.211, 0.132, 0.395, 0])
    let window = SamplingSettings(temperature: 1, repetitionPenalty: 2, repetitionWindow: 1)
    expect(try counts(window, history: [1, 4]), [0.2, 0.4, 0.1, 0.3, 0])
    var greedy = try Sampler(SamplingSettings(repetitionPenalty: 2), kernels: .active())
    let other = greedy.choose([1, 1.5, -1], history: [1])
    #expect(other?.id == 0)
  }

  @Test func theSeedDecides() throws {
    func draw(_ seed: UInt64) throws -> [Int32?] {
      var sampler = try Sampler(SamplingSettings(temperature: 1, seed: seed), kernels: .active())
      return (0..<50).map { _ in sampler.choose(logits, history: [])?.id }
    }
    #expect(try draw(1) == draw(1))
    #expect(try draw(1) != draw(2))
  }

  @Test func onlyWhatIsAllowedIsChosen() throws {
    var random = SplitMix64(seed: 9)
    let logits = (0..<3000).map { _ in Float(random.normal()) * 4 }
    for settings in [
      SamplingSettings.greedy, SamplingSettings(temperature: 1, seed: 4),
      SamplingSettings(temperature: 0.7, topK: 5, topP: 0.9, minP: 0.1, seed: 5),
    ] {
      var sampler = try Sampler(settings, kernels: .active())
      for rest in 0..<50 {
        // One in a thousand is allowed: often none of the likeliest.
        let token = sampler.choose(logits, history: []) { Int($0) % 1000 == rest }
        #expect(token.map { Int($0.id) % 1000 } == rest)
      }
      let none = sampler.choose(logits, history: []) { _ in false }
      #expect(none == nil)
    }
  }
}

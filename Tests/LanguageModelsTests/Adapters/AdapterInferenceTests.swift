import Foundation
import Kernels
import LanguageModels
import Testing

/// Models with adapters compute what transformers with PEFT computes.
struct AdapterInferenceTests {
  @Test(arguments: AdapterFixture.decoders, KernelSet.supported)
  func decoderWithAdapter(fixture: AdapterFixture, variant: KernelVariant) throws {
    let decoder = try fixture.decoder(variant)
    let adapter = try decoder.prepare(PEFTAdapterFile.read(fixture.folder))
    let expected = try fixture.expected()
    let whole = try decoder.forward(
      expected.ids,
      cache: decoder.makeCache(adapter: adapter),
      logits: .all
    )
    #expect(largestDifference(whole, expected.rows) < 1e-4)
    let cache = try decoder.makeCache(adapter: adapter)
    let steps = try expected.ids.map { try decoder.forward([$0], cache: cache)[0] }
    #expect(largestDifference(steps, expected.rows) < 1e-4)
  }

  @Test(arguments: AdapterFixture.encoders, KernelSet.supported)
  func encoderWithAdapter(fixture: AdapterFixture, variant: KernelVariant) throws {
    let expected = try fixture.expected()
    let folder = try fixture.base()
    let encoder = try BertEncoder(
      configuration: BertConfiguration(folder.appendingPathComponent("config.json")),
      weights: SafetensorsFile(folder.appendingPathComponent("model.safetensors")),
      adapter: PEFTAdapterFile.read(fixture.folder),
      kernels: KernelSet(variant),
      pool: WorkerPool(threads: 2)
    )
    let rows = try encoder.lastHiddenState([expected.ids])[0]
    #expect(largestDifference(rows, expected.rows) < 1e-4)
  }

  /// With quantised weights the adapter changes the logits as it does with exact ones, up to the error
  /// that quantisation makes.
  @Test(arguments: AdapterFixture.decoders, [WeightPrecision.int8, .int4])
  func quantizedWeights(fixture: AdapterFixture, precision: WeightPrecision) throws {
    let decoder = try fixture.decoder(precision: precision)
    let adapter = try decoder.prepare(PEFTAdapterFile.read(fixture.folder))
    let exact = try fixture.decoder()
    let expected = try fixture.expected()
    let base = try exact.forward(expected.ids, cache: exact.makeCache(), logits: .all)
    let plain = try decoder.forward(expected.ids, cache: decoder.makeCache(), logits: .all)
    let tuned = try decoder.forward(
      expected.ids,
      cache: decoder.makeCache(adapter: adapter),
      logits: .all
    )
    let error = distance(plain, base)
    #expect(distance(tuned, expected.rows) < 3 * error + 0.02 * distance(expected.rows, base))
    #expect(distance(tuned, expected.rows) < 0.5 * distance(expected.rows, base))
  }

  @Test func tokensDoNotDependOnThreads() throws {
    let fixture = AdapterFixture.decoders[0]
    let expected = try fixture.expected()
    let results = try [1, 2, 3].map { threads in
      let decoder = try fixture.decoder(threads: threads)
      let adapter = try decoder.prepare(PEFTAdapterFile.read(fixture.folder))
      return try decoder.forward(
        expected.ids,
        cache: decoder.makeCache(adapter: adapter),
        logits: .all
      )
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  /// One decoder serves sequences with different adapters and without one, in turns.
  @Test func adaptersAreSwitchedByCache() throws {
    let fixture = AdapterFixture.decoders[0]
    let expected = try fixture.expected()
    let decoder = try fixture.decoder()
    let adapter = try decoder.prepare(PEFTAdapterFile.read(fixture.folder))
    let base = try decoder.forward(expected.ids, cache: decoder.makeCache(), logits: .all)
    let (tuned, plain) = (try decoder.makeCache(adapter: adapter), try decoder.makeCache())
    var rows: ([[Float]], [[Float]]) = ([], [])
    for id in expected.ids {
      rows.0 += try decoder.forward([id], cache: tuned)
      rows.1 += try decoder.forward([id], cache: plain)
    }
    #expect(largestDifference(rows.0, expected.rows) < 1e-4)
    #expect(largestDifference(rows.1, base) < 1e-5)
  }

  private func distance(_ left: [[Float]], _ right: [[Float]]) -> Float {
    var sum: Float = 0
    for (left, right) in zip(left, right) {
      for (left, right) in zip(left, right) { sum += (left - right) * (left - right) }
    }
    return sum.squareRoot()
  }
}

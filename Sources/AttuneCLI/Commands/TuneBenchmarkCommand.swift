import ArgumentParser
import Attune
import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels

extension TuneCommand {
  /// The side of Attune in `Benchmarks/peers/tune.py`, which explains the exchange.
  struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Train on given batches, for the benchmark beside PEFT.",
      shouldDisplay: false
    )

    /// In what form the frozen weights are held.
    enum Frozen: String, ExpressibleByArgument {
      case f32, int8
    }

    @OptionGroup var global: GlobalOptions
    @Option(help: "The model's folder.") var model: String
    @Option(help: "The folder of the adapter to start from.") var adapter: String
    @Option(help: "The file of settings and batches.") var batches: String
    @Option(help: "In what form the frozen weights are held: f32 or int8.") var frozen: Frozen =
      .f32

    private struct Input: Decodable {
      struct Settings: Decodable {
        let learningRate: Double
        let beta1: Double
        let beta2: Double
        let epsilon: Double
        let weightDecay: Double
        let clip: Double

        enum CodingKeys: String, CodingKey {
          case beta1, beta2, epsilon, clip
          case learningRate = "learning_rate"
          case weightDecay = "weight_decay"
        }
      }

      struct Sequence: Decodable {
        let ids: [Int32]
        let learnt: [Bool]
      }

      let settings: Settings
      let train: [[Sequence]]
      let validation: [[Sequence]]
    }

    private struct Question: Decodable {
      let train: Int?
      let validate: Bool?
    }

    private struct Ready: Encodable { let ready = true }

    private struct Trained: Encodable {
      let seconds: Double
      let tokens: Int
      let losses: [Double]
    }

    private struct Validated: Encodable { let loss: Double }

    func run() throws {
      global.start()
      let input = try JSONDecoder().decode(
        Input.self,
        from: Data(contentsOf: URL(fileURLWithPath: batches))
      )
      let decoder = try CausalDecoder(
        folder: URL(fileURLWithPath: model),
        precision: frozen == .f32 ? .float32 : .int8
      )
      let start = try PEFTAdapterFile.read(URL(fileURLWithPath: adapter))
      guard let first = start.updates.values.first else { return }
      var lora = LoRASettings()
      lora.rank = first.rank
      lora.alpha = first.alpha
      let trainable = try TrainableDecoder(decoder, method: .lowRank(lora), seed: 0)
      try trainable.start(from: start)
      var settings = AdamWSettings()
      settings.beta1 = input.settings.beta1
      settings.beta2 = input.settings.beta2
      settings.epsilon = input.settings.epsilon
      settings.weightDecay = input.settings.weightDecay
      let optimizer = AdamW(trainable.parameters, settings: settings, kernels: decoder.kernels)
      let train = input.train.map { $0.map(Self.packed) }
      try JSONOutput.print(Ready())
      var done = 0
      while let line = readLine() {
        let question = try JSONDecoder().decode(Question.self, from: Data(line.utf8))
        guard let steps = question.train else {
          var sum = LossSum()
          for batch in input.validation.joined() {
            sum = sum + (try trainable.loss(of: Self.packed(batch)))
          }
          try JSONOutput.print(Validated(loss: sum.mean))
          continue
        }
        let clock = ContinuousClock()
        let began = clock.now
        var losses: [Double] = []
        var tokens = 0
        for _ in 0..<steps {
          optimizer.clearGradients()
          var sum = LossSum()
          for batch in train[done % train.count] {
            sum = sum + (try trainable.addGradients(of: batch, scale: 1))
            tokens += batch.tokens.count
          }
          let norm = optimizer.gradientNorm() / Double(sum.count)
          try optimizer.takeStep(
            learningRate: input.settings.learningRate,
            gradientScale: AdamW.clippingFactor(norm: norm, limit: input.settings.clip)
              / Double(sum.count)
          )
          try trainable.parametersChanged()
          losses.append(sum.mean)
          done += 1
        }
        let seconds = (clock.now - began) / .seconds(1)
        try JSONOutput.print(Trained(seconds: seconds, tokens: tokens, losses: losses))
      }
    }

    private static func packed(_ sequence: Input.Sequence) -> PackedSequence {
      PackedSequence([EncodedExample(tokens: sequence.ids, isLearnt: sequence.learnt)])
    }
  }
}

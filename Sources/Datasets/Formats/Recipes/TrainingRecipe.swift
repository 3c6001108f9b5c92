public import Foundation

/// What another program needs to train the same adapter elsewhere: the data in files, and its settings.
///
/// What it makes is a PEFT adapter folder (`adapter_config.json` and `adapter_model.safetensors`).
public struct TrainingRecipe: Sendable, Hashable, Codable {
  /// A program that trains.
  public enum Program: String, Sendable, Hashable, Codable, CaseIterable {
    case axolotl, trl
  }

  /// The base model's name or folder, as the program loads it.
  public var baseModel: String
  /// The rank of the adapter's matrices.
  public var rank: Int
  /// The adapter's scale, times the rank.
  public var alpha: Double
  /// The share of the adapter's inputs dropped at random.
  public var dropout: Double
  /// The modules that are adapted, such as `q_proj`.
  public var targets: [String]
  /// The highest learning rate.
  public var learningRate: Double
  /// How often all examples are seen.
  public var epochs: Double
  /// The most tokens of an example.
  public var maximumTokens: Int
  /// Examples per step on one device.
  public var batchSize: Int
  /// Steps whose gradients are added up.
  public var accumulation: Int
  /// The share of the steps in which the learning rate rises.
  public var warmupShare: Double
  /// The decay of the weights.
  public var weightDecay: Double
  /// Begins the random numbers.
  public var seed: UInt32

  public init(
    baseModel: String,
    rank: Int = 16,
    alpha: Double = 32,
    dropout: Double = 0,
    targets: [String] = [
      "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj",
    ],
    learningRate: Double = 2e-4,
    epochs: Double = 3,
    maximumTokens: Int = 2_048,
    batchSize: Int = 4,
    accumulation: Int = 4,
    warmupShare: Double = 0.03,
    weightDecay: Double = 0,
    seed: UInt32 = 42
  ) {
    self.baseModel = baseModel
    self.rank = rank
    self.alpha = alpha
    self.dropout = dropout
    self.targets = targets
    self.learningRate = learningRate
    self.epochs = epochs
    self.maximumTokens = maximumTokens
    self.batchSize = batchSize
    self.accumulation = accumulation
    self.warmupShare = warmupShare
    self.weightDecay = weightDecay
    self.seed = seed
  }

  /// Writes `train.jsonl`, `validation.jsonl` (where there is some) and the program's settings:
  /// `axolotl.yaml`, or `train.py`. Examples without a split are trained on; those of the test split
  /// stay here.
  ///
  /// The files teach what the examples teach: axolotl is told message by message what is learnt; for
  /// TRL each learnt message becomes an item of its own, as the completion of what was said before it.
  ///
  /// - Parameters:
  ///   - examples: The examples, divided.
  ///   - program: Who is to train.
  ///   - folder: Where to write; it is made where it is not there.
  /// - Returns: The files.
  /// - Throws: ``DatasetError`` where nothing is left to train on, a setting makes no sense, or a file
  ///   cannot be written.
  @discardableResult
  public func write(
    _ examples: [Example],
    for program: Program,
    to folder: URL
  ) throws -> [URL] {
    try check()
    let train = lines(examples.filter { $0.split ?? .train == .train }, for: program)
    let validation = lines(examples.filter { $0.split == .validation }, for: program)
    guard !train.isEmpty else {
      throw DatasetError(
        .empty,
        "No example is left to train on.",
        subject: folder.path,
        remedy: "Divide the examples so that some are trained on."
      )
    }
    var files = [("train.jsonl", train)]
    if !validation.isEmpty { files.append(("validation.jsonl", validation)) }
    switch program {
    case .axolotl:
      files.append(("axolotl.yaml", Array(axolotl(hasValidation: !validation.isEmpty).utf8)))
    case .trl:
      files.append(("train.py", Array(trl(hasValidation: !validation.isEmpty).utf8)))
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try files.map { name, bytes in
        let url = folder.appendingPathComponent(name)
        try Data(bytes).write(to: url, options: .atomic)
        return url
      }
    } catch {
      throw DatasetError(
        .unwritable,
        "The recipe cannot be written.",
        subject: folder.path,
        cause: error.localizedDescription,
        remedy: "Check the folder, its permissions and the room on the disk."
      )
    }
  }

  private func check() throws {
    let numbers = [alpha, dropout, learningRate, epochs, warmupShare, weightDecay]
    guard !baseModel.isEmpty, rank > 0, maximumTokens > 0, batchSize > 0, accumulation > 0,
      !targets.isEmpty, numbers.allSatisfy({ $0.isFinite && $0 >= 0 })
    else {
      throw DatasetError(
        .invalidValue,
        "A recipe needs a base model, targets, and figures above 0.",
        subject: baseModel.isEmpty ? "the base model" : baseModel,
        remedy: "Check rank, lengths, batch size, learning rate and epochs."
      )
    }
  }

  private func lines(_ examples: [Example], for program: Program) -> [UInt8] {
    var bytes: [UInt8] = []
    for example in examples {
      for item in program == .axolotl ? marked(example) : completions(example) {
        JSONText.write(item, to: &bytes)
        bytes.append(0x0A)
      }
    }
    return bytes
  }

  private func turn(_ message: Example.Message) -> [JSONValue.Member] {
    [
      .init("role", .string(message.role.rawValue)), .init("content", .string(message.content)),
    ]
  }

  private func marked(_ example: Example) -> [JSONValue] {
    guard example.messages.contains(where: \.isLearnt) else { return [] }
    let turns = example.messages.map { message in
      JSONValue.object(turn(message) + [.init("train", .boolean(message.isLearnt))])
    }
    return [.object([.init("messages", .array(turns))])]
  }

  private func completions(_ example: Example) -> [JSONValue] {
    example.messages.indices.filter { example.messages[$0].isLearnt && $0 > 0 }.map { index in
      .object([
        .init("prompt", .array(example.messages[..<index].map { .object(turn($0)) })),
        .init("completion", .array([.object(turn(example.messages[index]))])),
      ])
    }
  }
}

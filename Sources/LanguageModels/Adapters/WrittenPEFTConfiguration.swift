import Foundation

/// The `adapter_config.json` that is written: the most common rank and alpha for all layers, patterns
/// for the others.
struct WrittenPEFTConfiguration: Encodable {
  private let peftType = "LORA"
  private let taskType: String?
  private let baseModelName: String?
  private let bias = "none"
  private let isTransposed = false
  private let inferenceMode = true
  private let rank: Int
  private let alpha: Double
  private let dropout = 0.0
  private let isRankStabilized: Bool
  private let usesDoRA: Bool
  private let rankPattern: [String: Int]
  private let alphaPattern: [String: Double]
  private let targetModules: [String]

  enum CodingKeys: String, CodingKey {
    case peftType = "peft_type"
    case taskType = "task_type"
    case baseModelName = "base_model_name_or_path"
    case bias
    case isTransposed = "fan_in_fan_out"
    case inferenceMode = "inference_mode"
    case rank = "r"
    case alpha = "lora_alpha"
    case dropout = "lora_dropout"
    case isRankStabilized = "use_rslora"
    case usesDoRA = "use_dora"
    case rankPattern = "rank_pattern"
    case alphaPattern = "alpha_pattern"
    case targetModules = "target_modules"
  }

  /// - Throws: `LanguageModelError` with code `invalidInput` if some layers have magnitudes or rsLoRA's
  ///   scale and others not, which one such file cannot say.
  init(_ adapter: LowRankAdapter) throws(LanguageModelError) {
    let updates = adapter.updates
    let kinds = Set(updates.values.map { [$0.isRankStabilized, $0.magnitude != nil] })
    guard kinds.count == 1, let kind = kinds.first else {
      throw LanguageModelError(
        .invalidInput,
        "Some layers of the adapter are of another kind (rsLoRA, DoRA) than others.",
        subject: "adapter",
        remedy: "Use the same kind for all layers."
      )
    }
    taskType = adapter.taskType
    baseModelName = adapter.baseModelName
    isRankStabilized = kind[0]
    usesDoRA = kind[1]
    let rank = Self.mostCommon(updates.values.map(\.rank)) ?? 1
    let alpha = Self.mostCommon(updates.values.map(\.alpha)) ?? 1
    self.rank = rank
    self.alpha = alpha
    rankPattern = Self.patterns(updates.mapValues(\.rank), except: rank)
    alphaPattern = Self.patterns(updates.mapValues(\.alpha), except: alpha)
    let targets = adapter.targets
    let areEnough =
      !targets.isEmpty
      && updates.keys.allSatisfy { name in
        targets.contains { name == $0 || name.hasSuffix("." + $0) }
      }
    targetModules = areEnough ? targets.sorted() : updates.keys.sorted()
  }

  /// Full names, in which a dot stands for itself.
  private static func patterns<Value: Equatable>(
    _ values: [String: Value],
    except common: Value
  ) -> [String: Value] {
    var patterns: [String: Value] = [:]
    for (name, value) in values where value != common {
      patterns["^" + name.replacingOccurrences(of: ".", with: "\\.")] = value
    }
    return patterns
  }

  private static func mostCommon<Value: Hashable & Comparable>(_ values: [Value]) -> Value? {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }
}

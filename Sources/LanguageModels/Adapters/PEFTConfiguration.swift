import Foundation

/// The `adapter_config.json` of a PEFT adapter, as far as it says how the adapter is computed.
///
/// Format: https://huggingface.co/docs/peft/package_reference/lora.
struct PEFTConfiguration: Decodable {
  var peftType: String?
  var rank: Int?
  var alpha: Double?
  var isRankStabilized: Bool?
  var usesDoRA: Bool?
  var rankPattern: [String: Int]?
  var alphaPattern: [String: Double]?
  var targetModules: Names?
  var modulesToSave: [String]?
  var bias: String?
  var hasBias: Bool?
  var isTransposed: Bool?
  var initialization: Initialization?
  var layerReplication: [[Int]]?
  var invocationTokens: [Int]?
  var targetParameters: [String]?
  var usesQALoRA: Bool?
  var baseModelName: String?
  var taskType: String?

  /// One name or pattern, or several.
  enum Names: Decodable {
    case pattern(String)
    case list([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let pattern = try? container.decode(String.self) {
        self = .pattern(pattern)
      } else {
        self = .list(try container.decode([String].self))
      }
    }
  }

  /// Whether the weights were initialised, or the name of the way.
  enum Initialization: Decodable {
    case usual
    case named(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let name = try? container.decode(String.self) {
        self = .named(name)
      } else {
        _ = try container.decode(Bool.self)
        self = .usual
      }
    }
  }

  enum CodingKeys: String, CodingKey {
    case peftType = "peft_type"
    case rank = "r"
    case alpha = "lora_alpha"
    case isRankStabilized = "use_rslora"
    case usesDoRA = "use_dora"
    case rankPattern = "rank_pattern"
    case alphaPattern = "alpha_pattern"
    case targetModules = "target_modules"
    case modulesToSave = "modules_to_save"
    case bias
    case hasBias = "lora_bias"
    case isTransposed = "fan_in_fan_out"
    case initialization = "init_lora_weights"
    case layerReplication = "layer_replication"
    case invocationTokens = "alora_invocation_tokens"
    case targetParameters = "target_parameters"
    case usesQALoRA = "use_qalora"
    case baseModelName = "base_model_name_or_path"
    case taskType = "task_type"
  }

  /// Ways of initialising that leave the base model's weights as they are.
  private static let plainInitializations: Set<String> = ["gaussian", "eva", "orthogonal", "true"]

  /// What of the configuration would be computed wrongly here, if anything.
  var unsupportedPart: String? {
    if let type = peftType, type != "LORA" { return "peft_type \"\(type.prefix(40))\"" }
    if let names = modulesToSave, !names.isEmpty {
      return
        "modules_to_save (\(names.prefix(8).map { String($0.prefix(60)) }.joined(separator: ", ")))"
    }
    if let bias, bias != "none" { return "bias \"\(bias.prefix(40))\"" }
    if hasBias == true { return "lora_bias" }
    if isTransposed == true { return "fan_in_fan_out" }
    if case .named(let name)? = initialization, !Self.plainInitializations.contains(name) {
      return "init_lora_weights \"\(name.prefix(40))\", which changes the base model's weights"
    }
    if let copies = layerReplication, !copies.isEmpty { return "layer_replication" }
    if let tokens = invocationTokens, !tokens.isEmpty { return "alora_invocation_tokens" }
    if let names = targetParameters, !names.isEmpty { return "target_parameters" }
    if usesQALoRA == true { return "use_qalora" }
    return nil
  }
}

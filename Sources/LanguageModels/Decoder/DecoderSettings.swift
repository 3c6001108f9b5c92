/// What a decoder's `config.json` says, as far as it is looked at.
struct DecoderSettings: Decodable {
  var modelType: String?
  var vocabSize: Int?
  var hiddenSize: Int?
  var numHiddenLayers: Int?
  var numAttentionHeads: Int?
  var numKeyValueHeads: Int?
  var headDim: Int?
  var intermediateSize: Int?
  var maxPositionEmbeddings: Int?
  var originalMaxPositionEmbeddings: Int?
  var rmsNormEps: Double?
  var hiddenAct: String?
  var hiddenActivation: String?
  var tieWordEmbeddings: Bool?
  var attentionBias: Bool?
  var mlpBias: Bool?
  var queryPreAttnScalar: Double?
  var attnLogitSoftcapping: Double?
  var finalLogitSoftcapping: Double?
  var slidingWindow: Int?
  var useSlidingWindow: Bool?
  var maxWindowLayers: Int?
  var layerTypes: [String]?
  var slidingWindowPattern: Int?
  var useBidirectionalAttention: Bool?
  var ropeTheta: Double?
  var ropeLocalBaseFreq: Double?
  var partialRotaryFactor: Double?
  var ropeScaling: RotarySettings?
  var ropeParameters: RotarySettings?
  var bosTokenId: Int?
  var eosTokenId: TokenList?
  var quantizationConfig: Quantization?
  /// The settings of the text part, where a model has other parts too.
  var textConfig: Nested<DecoderSettings>?

  /// Weights that another program quantised have other names and types.
  struct Quantization: Decodable {
    var quantMethod: String?

    enum CodingKeys: String, CodingKey {
      case quantMethod = "quant_method"
    }
  }

  /// A value of the type that it lies in.
  indirect enum Nested<Value: Decodable>: Decodable {
    case value(Value)

    init(from decoder: any Decoder) throws { self = .value(try Value(from: decoder)) }

    var value: Value {
      switch self {
      case .value(let value): value
      }
    }
  }

  /// One token id or several.
  struct TokenList: Decodable {
    var ids: [Int]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let ids = try? container.decode([Int].self) {
        self.ids = ids
      } else {
        ids = [try container.decode(Int.self)]
      }
    }
  }

  /// The parameters of the position encoding, flat or one set for each kind of layer.
  struct RotarySettings: Decodable {
    var ropeType: String?
    var type: String?
    var ropeTheta: Double?
    var partialRotaryFactor: Double?
    var factor: Double?
    var lowFreqFactor: Double?
    var highFreqFactor: Double?
    var originalMaxPositionEmbeddings: Int?
    var attentionFactor: Double?
    var betaFast: Double?
    var betaSlow: Double?
    var mscale: Double?
    var mscaleAllDim: Double?
    var truncate: Bool?
    var shortFactor: [Double]?
    var longFactor: [Double]?
    var fullAttention: Nested<RotarySettings>?
    var slidingAttention: Nested<RotarySettings>?

    enum CodingKeys: String, CodingKey {
      case ropeType = "rope_type"
      case type
      case ropeTheta = "rope_theta"
      case partialRotaryFactor = "partial_rotary_factor"
      case factor
      case lowFreqFactor = "low_freq_factor"
      case highFreqFactor = "high_freq_factor"
      case originalMaxPositionEmbeddings = "original_max_position_embeddings"
      case attentionFactor = "attention_factor"
      case betaFast = "beta_fast"
      case betaSlow = "beta_slow"
      case mscale
      case mscaleAllDim = "mscale_all_dim"
      case truncate
      case shortFactor = "short_factor"
      case longFactor = "long_factor"
      case fullAttention = "full_attention"
      case slidingAttention = "sliding_attention"
    }
  }

  enum CodingKeys: String, CodingKey {
    case modelType = "model_type"
    case vocabSize = "vocab_size"
    case hiddenSize = "hidden_size"
    case numHiddenLayers = "num_hidden_layers"
    case numAttentionHeads = "num_attention_heads"
    case numKeyValueHeads = "num_key_value_heads"
    case headDim = "head_dim"
    case intermediateSize = "intermediate_size"
    case maxPositionEmbeddings = "max_position_embeddings"
    case originalMaxPositionEmbeddings = "original_max_position_embeddings"
    case rmsNormEps = "rms_norm_eps"
    case hiddenAct = "hidden_act"
    case hiddenActivation = "hidden_activation"
    case tieWordEmbeddings = "tie_word_embeddings"
    case attentionBias = "attention_bias"
    case mlpBias = "mlp_bias"
    case queryPreAttnScalar = "query_pre_attn_scalar"
    case attnLogitSoftcapping = "attn_logit_softcapping"
    case finalLogitSoftcapping = "final_logit_softcapping"
    case slidingWindow = "sliding_window"
    case useSlidingWindow = "use_sliding_window"
    case maxWindowLayers = "max_window_layers"
    case layerTypes = "layer_types"
    case slidingWindowPattern = "sliding_window_pattern"
    case useBidirectionalAttention = "use_bidirectional_attention"
    case ropeTheta = "rope_theta"
    case ropeLocalBaseFreq = "rope_local_base_freq"
    case partialRotaryFactor = "partial_rotary_factor"
    case ropeScaling = "rope_scaling"
    case ropeParameters = "rope_parameters"
    case bosTokenId = "bos_token_id"
    case eosTokenId = "eos_token_id"
    case quantizationConfig = "quantization_config"
    case textConfig = "text_config"
  }
}

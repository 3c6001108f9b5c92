/// The sizes and habits of a decoder: everything that its forward pass must know beside the weights.
public struct DecoderConfiguration: Sendable, Equatable, Codable {
  /// The function between the two halves of a feed-forward part.
  public enum Activation: String, Sendable, Codable {
    /// x · sigmoid(x)
    case silu
    /// x · Φ(x) by its tanh approximation
    case geluTanh
  }

  /// The family.
  public var architecture: DecoderArchitecture
  /// Number of tokens in the vocabulary.
  public var vocabularySize: Int
  /// Floats per token.
  public var hiddenSize: Int
  /// Number of layers.
  public var layers: Int
  /// Query heads per layer.
  public var heads: Int
  /// Key and value heads per layer; divides ``heads``.
  public var keyValueHeads: Int
  /// Floats of one head.
  public var headSize: Int
  /// Floats per token inside the feed-forward part.
  public var intermediateSize: Int
  /// The most tokens that the model was made for.
  public var contextLength: Int
  /// What is added to the mean square in normalisation.
  public var normEpsilon: Float
  /// The function of the feed-forward part.
  public var activation: Activation
  /// Whether the output weights are the embeddings.
  public var tiesEmbeddings: Bool
  /// Whether the query, key and value layers have a bias.
  public var hasQueryBias = false
  /// Whether the layer after attention has a bias.
  public var hasOutputBias = false
  /// Whether the layers of the feed-forward part have a bias.
  public var hasFeedForwardBias = false
  /// Whether each query and key head is normalised before it is rotated.
  public var hasHeadNorms = false
  /// Whether attention and feed-forward results are normalised before they are added.
  public var hasPostNorms = false
  /// The factor on the embeddings.
  public var embeddingScale: Float = 1
  /// The factor on the products of queries and keys.
  public var attentionScale: Float
  /// Attention scores s become cap · tanh(s / cap).
  public var attentionCap: Float?
  /// Logits become cap · tanh(logit / cap).
  public var logitCap: Float?
  /// How many tokens a sliding layer sees, the present one included.
  public var slidingWindow: Int?
  /// For each layer, whether it sees only the sliding window.
  public var slidingLayers: [Bool]
  /// The position encoding.
  public var rotary: RotaryParameters
  /// The position encoding of sliding layers, where it differs.
  public var slidingRotary: RotaryParameters?
  /// The token that begins a text.
  public var beginToken: Int32?
  /// The tokens that end an answer.
  public var endTokens: [Int32] = []

  /// Floats of all query heads.
  public var querySize: Int { heads * headSize }
  /// Floats of all key heads, and of all value heads.
  public var keyValueSize: Int { keyValueHeads * headSize }

  /// The sliding window of a layer; `nil` if the layer sees everything.
  package func window(ofLayer layer: Int) -> Int? {
    slidingLayers[layer] ? slidingWindow : nil
  }

  /// The position encoding of a layer.
  func rotary(ofLayer layer: Int) -> RotaryParameters {
    slidingLayers[layer] ? slidingRotary ?? rotary : rotary
  }
}

/// What a gated feed-forward layer applies to its gate before multiplying.
public enum GatedActivation: String, Sendable, CaseIterable {
  /// x / (1 + exp(−x)).
  case silu
  /// GELU in its tanh approximation: x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))).
  case geluTanh
}

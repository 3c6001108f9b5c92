import Kernels

/// The angles of the positions of one forward pass, for both kinds of layers.
struct DecoderAngles: Sendable {
  /// For layers that see everything.
  let full: RotaryAngles
  /// For sliding layers.
  let sliding: RotaryAngles
}

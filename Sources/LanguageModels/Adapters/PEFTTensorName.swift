import Foundation

/// What a tensor of a PEFT file is, by its name: `base_model.model.<layer>.lora_A.weight`.
struct PEFTTensorName {
  enum Part {
    case a, b, magnitude
  }

  let layer: String
  let part: Part

  /// Names longer than those of any layer are no names, so that patterns are tried on short texts only.
  private static let longest = 256

  /// `nil` for a name of another form. The adapter's name may stand before `.weight`.
  init?(_ name: String) {
    let prefix = "base_model.model."
    guard name.hasPrefix(prefix), name.utf8.count <= Self.longest else { return nil }
    let rest = name.dropFirst(prefix.count)
    for (marker, part) in [
      (".lora_A", Part.a), (".lora_B", .b), (".lora_magnitude_vector", .magnitude),
    ] {
      guard let range = rest.range(of: marker) else { continue }
      guard [".weight", ".default.weight", ".default", ""].contains(rest[range.upperBound...]),
        part == .magnitude || rest.hasSuffix(".weight"), range.lowerBound > rest.startIndex
      else { return nil }
      layer = String(rest[..<range.lowerBound])
      self.part = part
      return
    }
    return nil
  }
}

/// Letters in the styles of mathematics (𝑎, 𝐁) as the plain letters a person would type.
enum MathLetters {
  static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if scalar == "\u{210E}" { return "h" }
    if scalar == "\u{2212}" || scalar == "\u{2013}" { return "-" }
    guard (0x1D400...0x1D6A3).contains(scalar.value) else { return nil }
    let offset = (scalar.value - 0x1D400) % 52
    return Unicode.Scalar(offset < 26 ? 0x41 + offset : 0x61 + offset - 26)
  }
}

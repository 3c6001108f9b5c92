extension PackedMatrix {
  /// The weights of one output, [inputs], as they were before packing.
  public func row(_ output: Int) -> [Float] {
    precondition((0..<outputs).contains(output), "no such output")
    let panel = base + output / CK.panelWidth * CK.panelWidth * inputs
    let column = output % CK.panelWidth
    return (0..<inputs).map { panel[$0 * CK.panelWidth + column] }
  }
}

import CKernels

/// Constants of the C kernels as Swift integers.
enum CK {
  static let panelWidth = Int(CK_PANEL_WIDTH)
  static let int8DotLimit = Int(CK_INT8_DOT_LIMIT)
}

import CKernels

/// Constants of the C kernels as Swift integers.
enum CK {
  static let panelWidth = Int(CK_PANEL_WIDTH)
  static let int8DotLimit = Int(CK_INT8_DOT_LIMIT)
  static let group = Int(CK_GROUP)
  static let attendRows = Int(CK_ATTEND_ROWS)
  static let attendPartial = Int(CK_ATTEND_ROWS * (CK_ATTEND_CHUNK + CK_ATTEND_HEAD))
  static let attendChunk = Int(CK_ATTEND_CHUNK)
}

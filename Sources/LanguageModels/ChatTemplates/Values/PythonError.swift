/// Why an operation of a template failed, before the line is known.
struct PythonError: Error {
  var code: ChatTemplateError.Code
  var message: String

  init(_ message: String) {
    code = .renderingFailed
    self.message = message
  }

  init(_ code: ChatTemplateError.Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// An error that names something this interpreter does not know.
  static func unsupported(_ construct: String) -> Self {
    Self(.unsupportedConstruct, "\(construct) is not supported.")
  }

  /// An error about a result too large for a whole number of 64 bits.
  static var overflow: Self {
    Self(.limitExceeded, "A whole number leaves the range of 64 bits.")
  }
}

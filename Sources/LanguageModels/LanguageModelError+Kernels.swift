import Kernels

extension LanguageModelError {
  /// A kernel's error as one of the model.
  init(_ error: KernelError, subject: String) {
    self.init(
      .weightMismatch,
      "The model cannot be run with these weights.",
      subject: subject,
      cause: error.message,
      remedy: error.remedy
    )
  }
}

import Kernels

extension Matrix {
  /// Lets `body` write one row in place and throws what it throws, with its type.
  func fillRow(
    _ index: Int,
    _ body: (UnsafeMutableBufferPointer<Float>) throws(LanguageModelError) -> Void
  ) throws(LanguageModelError) {
    let failure = withRow(index) { row -> LanguageModelError? in
      do throws(LanguageModelError) {
        try body(row)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }
}

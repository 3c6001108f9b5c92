import Kernels

extension AnswerNetwork {
  /// Refuses ids outside the vocabulary, and more positions than there are.
  func check(_ ids: [Int32], positions: Int) throws(LanguageModelError) {
    guard positions <= configuration.maximumPositions else {
      throw LanguageModelError(
        .contextExceeded,
        "Question, passage and answer take \(positions) positions; the model has "
          + "\(configuration.maximumPositions).",
        subject: "answer model",
        remedy: "Split the passage into shorter ones."
      )
    }
    for id in ids where id < 0 || Int(id) >= configuration.vocabularySize {
      throw LanguageModelError(
        .invalidInput,
        "Token id \(id) is outside the vocabulary of \(configuration.vocabularySize).",
        subject: "answer model",
        remedy: "Check that the tokenizer and the model belong together."
      )
    }
  }

  /// Σ a[i] · b[i] of two vectors of `hiddenSize` floats.
  func dot(_ a: UnsafeMutableBufferPointer<Float>, _ b: UnsafeMutableBufferPointer<Float>) -> Float
  {
    // Lengths are equal, so nothing is thrown.
    (try? kernels.dot(UnsafeBufferPointer(a), UnsafeBufferPointer(b))) ?? .nan
  }

  /// Σ a[i] · b[i] of two vectors of `hiddenSize` floats.
  func dot(_ a: UnsafeMutableBufferPointer<Float>, _ b: [Float]) -> Float {
    b.withUnsafeBufferPointer { (try? kernels.dot(UnsafeBufferPointer(a), $0)) ?? .nan }
  }

  static func failure(_ error: KernelError) -> LanguageModelError {
    LanguageModelError(
      .invalidInput,
      "The answer model cannot be run.",
      subject: "answer model",
      cause: error.message,
      remedy: error.remedy
    )
  }

  static func failure(_ cause: String) -> LanguageModelError {
    LanguageModelError(
      .invalidInput,
      "The answer model cannot be run.",
      subject: "answer model",
      cause: cause,
      remedy: "Give rows of answers that are there."
    )
  }
}

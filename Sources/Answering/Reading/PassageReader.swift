/// Reads passages for a short answer to a question.
///
/// Declared here; the program joins a model to it.
public protocol PassageReader: Sendable {
  /// The name that answers and traces carry.
  var name: String { get }

  /// Figures that were fitted for this reader, by name: see ``ReadingCalibration``. Empty where it
  /// brings none.
  ///
  /// - Throws: what is wrong with the reader.
  func calibration() throws -> [String: Double]

  /// Reads passages, each by itself, for the answer to a question.
  ///
  /// - Parameters:
  ///   - question: the question, which stands alone.
  ///   - passages: the passages' texts.
  /// - Returns: one reading per passage, in order.
  /// - Throws: what is wrong with the reader.
  func read(_ question: String, passages: [String]) throws -> [PassageReading]

  /// Answers a question from memory, without any passage.
  ///
  /// - Parameter question: the question.
  /// - Returns: answers of which nothing is copied.
  /// - Throws: what is wrong with the reader.
  func recall(_ question: String) throws -> PassageReading
}

extension PassageReader {
  public func calibration() throws -> [String: Double] { [:] }
}

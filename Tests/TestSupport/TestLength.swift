import Foundation

/// How long the tests may take: those that need minutes run only when asked for.
///
/// `@Test(.enabled(if: TestLength.isFull, "takes minutes; set ATTUNE_FULL_TESTS=1"))`
package enum TestLength {
  /// Whether `ATTUNE_FULL_TESTS=1` asks for the whole suite.
  package static let isFull = ProcessInfo.processInfo.environment["ATTUNE_FULL_TESTS"] == "1"
}

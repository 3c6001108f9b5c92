/// What rendering may still use up.
final class RenderBudget {
  private let limits: ChatTemplateLimits
  private var stepsLeft: Int
  private var depth = 0

  init(_ limits: ChatTemplateLimits) {
    self.limits = limits
    stepsLeft = limits.steps
  }

  /// Pays for steps.
  func spend(_ steps: Int = 1) throws {
    guard steps <= stepsLeft else {
      throw PythonError(.limitExceeded, "Rendering took more than \(limits.steps) steps.")
    }
    stepsLeft -= steps
  }

  /// Pays for text that is handled scalar by scalar, and checks that it is not too long.
  func spend(bytes: Int) throws {
    guard bytes <= limits.textBytes else {
      throw PythonError(.limitExceeded, "A text is longer than \(limits.textBytes) bytes.")
    }
    try spend(bytes / 16 + 1)
  }

  /// Goes one level deeper.
  func enter() throws {
    guard depth < limits.depth else {
      throw PythonError(.limitExceeded, "Rendering nests more than \(limits.depth) levels deep.")
    }
    depth += 1
  }

  /// Comes back from a level.
  func leave() { depth -= 1 }
}

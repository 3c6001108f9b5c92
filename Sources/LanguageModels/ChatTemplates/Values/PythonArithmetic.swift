import Foundation

/// The operators on numbers, some of which also join and repeat text and lists.
enum PythonArithmetic: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case divideDown = "//"
  case remainder = "%"
  case power = "**"

  /// The result of the operator.
  func callAsFunction(
    _ left: PythonValue,
    _ right: PythonValue,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    if self == .remainder, let format = left.stringText {
      guard case .string = left else {
        throw PythonError.unsupported("'%' after a marked string")
      }
      return .string(try PythonFormat.percent(format, right, budget))
    }
    if case .undefined(let reason) = left { throw PythonError(reason) }
    if case .undefined(let reason) = right { throw PythonError(reason) }
    if let left = left.wholeNumber, let right = right.wholeNumber {
      return try whole(left, right)
    }
    if let left = left.number, let right = right.number { return try fraction(left, right) }
    switch self {
    case .add: if let sum = try joined(left, right, budget) { return sum }
    case .multiply:
      if let count = right.wholeNumber, let row = try repeated(left, count, budget) { return row }
      if let count = left.wholeNumber, let row = try repeated(right, count, budget) { return row }
    default: break
    }
    throw PythonError("'\(rawValue)' does not fit a \(left.typeName) and a \(right.typeName).")
  }

  private func whole(_ left: Int, _ right: Int) throws -> PythonValue {
    let result: (partialValue: Int, overflow: Bool)
    switch self {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide:
      guard right != 0 else { throw PythonError("Division by zero.") }
      return .double(Double(left) / Double(right))
    case .divideDown:
      guard right != 0 else { throw PythonError("Division by zero.") }
      result = left.dividedReportingOverflow(by: right)
      if !result.overflow, result.partialValue * right != left, (left < 0) != (right < 0) {
        return .int(result.partialValue - 1)
      }
    case .remainder:
      guard right != 0 else { throw PythonError("Division by zero.") }
      result = left.remainderReportingOverflow(dividingBy: right)
      if result.overflow { return .int(0) }
      if result.partialValue != 0, (result.partialValue < 0) != (right < 0) {
        return .int(result.partialValue + right)
      }
    case .power:
      guard right >= 0 else { return try fraction(Double(left), Double(right)) }
      return .int(try Self.power(left, right))
    }
    guard !result.overflow else { throw PythonError.overflow }
    return .int(result.partialValue)
  }

  private static func power(_ base: Int, _ exponent: Int) throws -> Int {
    var (result, square, rest) = (1, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 {
        let product = result.multipliedReportingOverflow(by: square)
        guard !product.overflow else { throw PythonError.overflow }
        result = product.partialValue
      }
      rest >>= 1
      guard rest > 0 else { break }
      let next = square.multipliedReportingOverflow(by: square)
      guard !next.overflow else { throw PythonError.overflow }
      square = next.partialValue
    }
    return result
  }

  private func fraction(_ left: Double, _ right: Double) throws -> PythonValue {
    switch self {
    case .add: return .double(left + right)
    case .subtract: return .double(left - right)
    case .multiply: return .double(left * right)
    case .divide, .divideDown, .remainder:
      guard right != 0 else { throw PythonError("Division by zero.") }
      if self == .divide { return .double(left / right) }
      var remainder = left.truncatingRemainder(dividingBy: right)
      if remainder != 0, (remainder < 0) != (right < 0) { remainder += right }
      if self == .remainder {
        return .double(remainder == 0 ? Double(signOf: right, magnitudeOf: 0) : remainder)
      }
      let quotient = (left - remainder) / right
      return .double(
        quotient == 0 ? Double(signOf: left / right, magnitudeOf: 0) : quotient.rounded()
      )
    case .power:
      guard left != 0 || right >= 0 else { throw PythonError("Zero has no negative power.") }
      let power = pow(left, right)
      if power.isNaN, !left.isNaN, !right.isNaN {
        throw PythonError.unsupported("A power that is no real number")
      }
      guard power.isFinite || !left.isFinite || !right.isFinite else {
        throw PythonError("The result of '**' is too large.")
      }
      return .double(power)
    }
  }

  private func joined(
    _ left: PythonValue,
    _ right: PythonValue,
    _ budget: RenderBudget
  ) throws -> PythonValue? {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try budget.spend(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.markup, _), (_, .markup):
      guard let leftText = left.stringText, let rightText = right.stringText else { return nil }
      // Text joined to marked text is escaped first, at most to five times its length.
      try budget.spend(bytes: 5 * (leftText.utf8.count + rightText.utf8.count))
      return .markup(PythonText.escaped(left) + PythonText.escaped(right))
    case (.list(let left), .list(let right)):
      try budget.spend(left.items.count + right.items.count)
      return try .list(left.items + right.items)
    case (.tuple(let left), .tuple(let right)):
      try budget.spend(left.items.count + right.items.count)
      return try .tuple(left.items + right.items)
    default: return nil
    }
  }

  private func repeated(
    _ value: PythonValue,
    _ count: Int,
    _ budget: RenderBudget
  ) throws -> PythonValue? {
    let count = max(count, 0)
    switch value {
    case .string(let text), .markup(let text):
      let (bytes, overflow) = text.utf8.count.multipliedReportingOverflow(by: count)
      try budget.spend(bytes: overflow ? .max : bytes)
      let row = String(repeating: text, count: text.isEmpty ? 0 : count)
      if case .markup = value { return .markup(row) }
      return .string(row)
    case .list(let list), .tuple(let list):
      let (total, overflow) = list.items.count.multipliedReportingOverflow(by: count)
      guard !overflow else { throw PythonError(.limitExceeded, "A list grows too long.") }
      try budget.spend(total)
      let items = Array(repeating: list.items, count: list.items.isEmpty ? 0 : count).flatMap(
        \.self
      )
      if case .list = value { return try .list(items) }
      return try .tuple(items)
    default: return nil
    }
  }
}

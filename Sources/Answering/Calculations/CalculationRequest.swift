/// A question that asks to compute something over many rows of a table.
public struct CalculationRequest: Codable, Hashable, Sendable {
  /// What is to be computed.
  public enum Operation: String, Codable, CaseIterable, Sendable {
    case count, sum, average, rank
  }

  public var operation: Operation
  /// Path of the table within its source.
  public var table: String
  /// The table's own name.
  public var tableName: String
  /// The name of its source.
  public var source: String
  /// Rows in the table when it was last read.
  public var rowCount: Int

  public init(
    operation: Operation,
    table: String,
    tableName: String,
    source: String,
    rowCount: Int
  ) {
    self.operation = operation
    self.table = table
    self.tableName = tableName
    self.source = source
    self.rowCount = rowCount
  }
}

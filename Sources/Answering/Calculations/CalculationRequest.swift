/// A question that asks to compute something over many rows of a table.
public struct CalculationRequest: Encodable, Hashable, Sendable {
  /// What is to be computed.
  public enum Operation: String, Codable, CaseIterable, Sendable {
    case count, sum, average, rank
  }

  public var operation: Operation
  /// The table's identifier as a document.
  public var document: Int64
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
    document: Int64,
    table: String,
    tableName: String,
    source: String,
    rowCount: Int
  ) {
    self.operation = operation
    self.document = document
    self.table = table
    self.tableName = tableName
    self.source = source
    self.rowCount = rowCount
  }

  // Identifiers of the store mean nothing outside it.
  private enum CodingKeys: String, CodingKey {
    case operation, table, tableName, source, rowCount
  }
}

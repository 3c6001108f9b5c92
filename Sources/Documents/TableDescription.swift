/// What a table is called and what it holds.
public struct TableDescription: Codable, Hashable, Sendable {
  public var name: String
  public var columns: [String]
  public var primaryKey: [String]
  /// Tables that this one refers to, by the column that refers to them.
  public var references: [String: String]
  public var rowCount: Int

  public init(
    name: String,
    columns: [String],
    primaryKey: [String] = [],
    references: [String: String] = [:],
    rowCount: Int
  ) {
    self.name = name
    self.columns = columns
    self.primaryKey = primaryKey
    self.references = references
    self.rowCount = rowCount
  }
}

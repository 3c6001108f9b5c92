extension GGUFFile {
  /// A text of the metadata.
  public func string(_ key: String) -> String? {
    guard case .string(let value)? = metadata[key] else { return nil }
    return value
  }

  /// A whole number of the metadata.
  public func integer(_ key: String) -> Int? {
    guard case .integer(let value)? = metadata[key] else { return nil }
    return Int(value)
  }

  /// A number of the metadata.
  public func number(_ key: String) -> Double? {
    switch metadata[key] {
    case .float(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// A truth value of the metadata.
  public func bool(_ key: String) -> Bool? {
    guard case .bool(let value)? = metadata[key] else { return nil }
    return value
  }
}

/// What a machine costs to run, as `attune.yaml` says it.
public struct MachinePrices: Codable, Hashable, Sendable {
  /// Such as `EUR`.
  public var currency: String
  /// Money of an hour of the machine, without its electricity.
  public var machineHour: Double
  /// What the machine draws while it works.
  public var watts: Double?
  /// Money of a kilowatt hour.
  public var kilowattHour: Double?

  public init(
    currency: String,
    machineHour: Double,
    watts: Double? = nil,
    kilowattHour: Double? = nil
  ) {
    self.currency = currency
    self.machineHour = machineHour
    self.watts = watts
    self.kilowattHour = kilowattHour
  }

  /// Money of `seconds` of the machine, with its electricity where draw and price are both known.
  public func money(seconds: Double) -> Double {
    let hours = seconds / 3600
    guard let watts, let kilowattHour else { return hours * machineHour }
    return hours * (machineHour + watts / 1000 * kilowattHour)
  }
}

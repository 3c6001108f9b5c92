/// Reads the data of server-sent events out of bytes that arrive in any pieces (HTML standard,
/// "Server-sent events").
struct EventLines {
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithReturn = false
  private var isStart = true
  private let limit: Int

  /// A line or event is longer than the limit.
  struct TooLong: Error {}

  /// - Parameter limit: bytes that a line, or the data of one event, may have.
  init(limit: Int) { self.limit = limit }

  /// Takes bytes and gives the data of each event that they complete.
  mutating func push(_ bytes: some Sequence<UInt8>) throws -> [[UInt8]] {
    var events: [[UInt8]] = []
    for byte in bytes {
      let wasReturn = endedWithReturn
      endedWithReturn = false
      switch byte {
      case UInt8(ascii: "\n"):
        if !wasReturn, let event = try endLine() { events.append(event) }
      case UInt8(ascii: "\r"):
        endedWithReturn = true
        if let event = try endLine() { events.append(event) }
      default:
        guard line.count < limit else { throw TooLong() }
        line.append(byte)
      }
    }
    return events
  }

  /// The data of an event that no blank line ended. The standard drops it; servers that end without a
  /// blank line are forgiven.
  mutating func finish() throws -> [UInt8]? {
    if !line.isEmpty { _ = try endLine() }
    return takeData()
  }

  private mutating func endLine() throws -> [UInt8]? {
    defer { line.removeAll(keepingCapacity: true) }
    if isStart {
      isStart = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.isEmpty { return takeData() }
    guard line.starts(with: "data:".utf8) else { return nil }
    var value = line.dropFirst(5)
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    if hasData { data.append(UInt8(ascii: "\n")) }
    guard data.count + value.count <= limit else { throw TooLong() }
    data.append(contentsOf: value)
    hasData = true
    return nil
  }

  private mutating func takeData() -> [UInt8]? {
    guard hasData else { return nil }
    hasData = false
    defer { data = [] }
    return data
  }
}

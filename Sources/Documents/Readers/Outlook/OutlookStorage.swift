/// The properties of a message, a recipient or an attachment in an Outlook file ([MS-OXMSG]).
struct OutlookStorage {
  let file: CompoundFile
  private var streams: [String: Int] = [:]
  private var fixed: [Int: ArraySlice<UInt8>] = [:]
  /// The recipients and the attachments.
  private(set) var recipients: [Int] = []
  private(set) var attachments: [Int] = []
  private let codePage: CharacterSet?

  init(_ file: CompoundFile, storage: Int, codePage: CharacterSet? = nil) {
    self.file = file
    var properties: [UInt8] = []
    for (name, index) in file.children(of: storage) {
      if name.hasPrefix("__substg1.0_") { streams[name.dropFirst(12).uppercased()] = index }
      if name.hasPrefix("__recip_version1.0_") { recipients.append(index) }
      if name.hasPrefix("__attach_version1.0_") { attachments.append(index) }
      if name == "__properties_version1.0" { properties = file.content(of: index) }
    }
    // The header's length depends on what the properties belong to; records are 16 bytes long.
    for start in stride(from: properties.count % 16, to: properties.count - 15, by: 16) {
      let record = properties[start..<start + 16]
      guard let tag = record.littleEndian32(at: 0) else { continue }
      fixed[tag] = record.dropFirst(8)
    }
    let page = (fixed[0x3FFD_0003] ?? fixed[0x3FDE_0003])?.littleEndian32(at: 0)
    self.codePage = page.flatMap { CharacterSet(codePage: $0) } ?? codePage
  }

  /// A text property by its number.
  func text(_ number: Int) -> String? {
    let name = Self.hex(number)
    if let index = streams[name + "001F"] {
      let bytes = file.content(of: index)
      let units = stride(from: 0, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }
      return Self.tidy(String(decoding: units, as: UTF16.self))
    }
    guard let index = streams[name + "001E"] else { return nil }
    return Self.tidy(EncodedWords.text(file.content(of: index), codePage))
  }

  func binary(_ number: Int) -> [UInt8]? {
    streams[Self.hex(number) + "0102"].map { file.content(of: $0) }
  }

  /// The message that is attached instead of a file.
  var embedded: Int? {
    streams["3701000D"].flatMap { file.entries[$0].isStorage ? $0 : nil }
  }

  func number(_ number: Int) -> Int? { fixed[number << 16 | 3]?.littleEndian32(at: 0) }

  /// A time property in ISO 8601.
  func time(_ number: Int) -> String? {
    guard let value = fixed[number << 16 | 0x40], let low = value.littleEndian32(at: 0),
      let high = value.littleEndian32(at: 4), high < 0x0300_0000
    else { return nil }
    // Tenths of a microsecond since 1601.
    let seconds = (high << 32 | low) / 10_000_000 - 11_644_473_600
    guard seconds > 0 else { return nil }
    let day = CalendarDay(daysSince1970: seconds / 86_400).iso
    return day + "T" + CalendarDay.clock(seconds % 86_400) + "Z"
  }

  var codePageSet: CharacterSet? { codePage }

  private static func tidy(_ text: String) -> String? {
    let tidy = text.filter { $0 != "\0" }.trimmed
    return tidy.isEmpty ? nil : tidy
  }

  private static func hex(_ number: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

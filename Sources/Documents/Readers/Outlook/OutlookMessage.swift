/// A message in an Outlook file: its envelope, its text and what is attached.
struct OutlookMessage {
  /// An attached file's bytes, or the storage of an attached message.
  enum Content {
    case bytes([UInt8])
    case message(Int)
  }

  private(set) var envelope = MailEnvelope()
  private(set) var attachments: [(name: String, content: Content)] = []
  let properties: OutlookStorage

  init(_ file: CompoundFile, storage: Int, limits: SourceLimits) {
    properties = OutlookStorage(file, storage: storage)
    let headers = properties.text(0x7D).map { MIMEHeaders(Array($0.utf8), 0..<$0.utf8.count) }
    let sender = Self.person(
      name: properties.text(0x0C1A) ?? properties.text(0x42),
      address: properties.text(0x5D01) ?? properties.text(0x0C1F) ?? properties.text(0x65)
    )
    envelope.from = sender ?? headers?.list("from")
    envelope.subject = properties.text(0x37) ?? headers?.text("subject")
    let time = properties.time(0x39) ?? properties.time(0x0E06) ?? properties.time(0x3007)
    envelope.date = headers?.text("date") ?? time
    envelope.isoDate = time ?? envelope.date.flatMap { MailDate.iso($0) }
    readRecipients(file, limits)
    envelope.to = envelope.to ?? properties.text(0x0E04) ?? headers?.list("to")
    envelope.cc = envelope.cc ?? properties.text(0x0E03) ?? headers?.list("cc")
    readAttachments(file, limits)
    envelope.attachments = attachments.map(\.name)
  }

  /// Whether anything was found that a message has.
  var isEmpty: Bool {
    envelope.from == nil && envelope.to == nil && envelope.subject == nil && attachments.isEmpty
      && properties.text(0x1000) == nil && properties.binary(0x1013) == nil
      && properties.binary(0x1009) == nil
  }

  private mutating func readRecipients(_ file: CompoundFile, _ limits: SourceLimits) {
    var people: [Int: [String]] = [:]
    for index in properties.recipients.prefix(limits.maximumParts) {
      let recipient = OutlookStorage(file, storage: index, codePage: properties.codePageSet)
      let person = Self.person(
        name: recipient.text(0x3001),
        address: recipient.text(0x39FE) ?? recipient.text(0x3003)
      )
      if let person { people[recipient.number(0x0C15) ?? 1, default: []].append(person) }
    }
    envelope.to = people[1]?.joined(separator: "; ")
    envelope.cc = people[2]?.joined(separator: "; ")
  }

  private mutating func readAttachments(_ file: CompoundFile, _ limits: SourceLimits) {
    var names = PartNames()
    // Damaged tables may send every attachment to the same place.
    var budget = limits.maximumUnpackedBytes
    for index in properties.attachments.prefix(limits.maximumParts) {
      let attachment = OutlookStorage(file, storage: index, codePage: properties.codePageSet)
      let fallback = "attachment \(attachments.count + 1)"
      let name = attachment.text(0x3707) ?? attachment.text(0x3704) ?? attachment.text(0x3001)
      if let storage = attachment.embedded {
        let base = PartNames.cleaned(name ?? "message")
        let wanted = base.lowercased().hasSuffix(".eml") ? base : base + ".eml"
        attachments.append((names.name(wanted, fallback: fallback + ".eml"), .message(storage)))
      } else if let bytes = attachment.binary(0x3701) {
        let type = attachment.text(0x370E)?.lowercased() ?? ""
        let isPicture = type.hasPrefix("image/") && attachment.text(0x3712) != nil
        if isPicture { continue }
        budget -= bytes.count
        guard budget >= 0 else { return }
        let suffix = PartNames.suffix(type)
        attachments.append((names.name(name, fallback: "\(fallback).\(suffix)"), .bytes(bytes)))
      }
    }
  }

  private static func person(name: String?, address: String?) -> String? {
    // Addresses of Exchange's own directory tell readers nothing.
    let mail = address.flatMap { $0.contains("@") ? $0 : nil }
    guard let name else { return mail ?? address }
    guard let mail, mail != name else { return name }
    return "\(name) <\(mail)>"
  }
}

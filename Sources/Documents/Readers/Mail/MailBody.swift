/// Sorts a message's parts into its text and the documents attached to it.
struct MailBody {
  /// The parts that make up the text, in reading order.
  private(set) var texts: [MIMEEntity] = []
  private(set) var attachments: [(name: String, entity: MIMEEntity)] = []
  private(set) var isEncrypted = false

  private let bytes: [UInt8]
  private var names = PartNames()

  init(_ message: MIMEEntity, in bytes: [UInt8]) {
    self.bytes = bytes
    collect(message, isRelated: false)
  }

  private mutating func collect(_ entity: MIMEEntity, isRelated: Bool) {
    guard !entity.isMultipart else {
      switch entity.type {
      case "multipart/alternative": collectAlternative(entity)
      case "multipart/encrypted": isEncrypted = true
      case "multipart/related":
        for child in entity.children { collect(child, isRelated: true) }
      default:
        for child in entity.children { collect(child, isRelated: false) }
      }
      return
    }
    switch entity.type {
    case "application/pgp-signature", "application/pkcs7-signature",
      "application/x-pkcs7-signature":
      return
    case "application/pkcs7-mime", "application/x-pkcs7-mime": isEncrypted = true
    case "text/plain", "text/html", "message/delivery-status", "multipart/mixed",
      "multipart/alternative", "multipart/related":
      if !entity.isAttachment, entity.fileName == nil {
        texts.append(entity)
        return
      }
    default:
      // Logos and other pictures that the HTML text shows.
      let isPicture = entity.type.hasPrefix("image/") && !entity.isAttachment
      if isRelated, isPicture, entity.headers.text("content-id") != nil { return }
    }
    attach(entity)
  }

  /// The plain text where there is one, else the HTML; what else is there is attached.
  private mutating func collectAlternative(_ entity: MIMEEntity) {
    let plain = entity.children.first { child in
      child.type == "text/plain" && !child.isAttachment && !child.content(bytes)[...].isBlank
    }
    if let plain {
      texts.append(plain)
      for child in entity.children where child.type == "multipart/mixed" {
        for part in child.children where part.isAttachment { attach(part) }
      }
      return
    }
    let rich = entity.children.first { $0.type == "text/html" || $0.isMultipart }
    if let chosen = rich ?? entity.children.first { collect(chosen, isRelated: false) }
  }

  private mutating func attach(_ entity: MIMEEntity) {
    let suffix = PartNames.suffix(entity.type)
    var wanted = entity.fileName
    if entity.type == "message/rfc822" || entity.type == "message/global" {
      let subject = MIMEHeaders(bytes, entity.body).text("subject")
      let base = PartNames.cleaned(wanted ?? subject ?? "message")
      wanted = base.lowercased().hasSuffix(".eml") ? base : base + ".eml"
    }
    let fallback = "attachment \(attachments.count + 1).\(suffix)"
    attachments.append((names.name(wanted, fallback: fallback), entity))
  }
}

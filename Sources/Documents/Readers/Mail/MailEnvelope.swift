/// Who wrote a message to whom, when, and about what.
struct MailEnvelope {
  var from: String?
  var to: String?
  var cc: String?
  /// As the mail writes it.
  var date: String?
  /// In ISO 8601.
  var isoDate: String?
  var subject: String?
  /// The names of what is attached.
  var attachments: [String] = []

  init() {}

  init(_ headers: MIMEHeaders) {
    from = headers.list("from") ?? headers.text("sender") ?? headers.text("return-path")
    to = headers.list("to")
    cc = headers.list("cc")
    date = headers.text("date")
    isoDate = date.flatMap { MailDate.iso($0) }
    subject = headers.text("subject")
  }

  /// Puts it in front of the text, so that it can be found and cited, and into the metadata.
  func write(to builder: inout DocumentBuilder, origin: Origin) {
    let attached = attachments.isEmpty ? nil : attachments.joined(separator: ", ")
    let values = [
      ("From", from), ("To", to), ("Cc", cc), ("Date", date), ("Subject", subject),
      ("Attachments", attached),
    ]
    let cells: [DocumentBuilder.Cell] = values.compactMap { name, value in
      value.map { (name, Self.shortened($0)) }
    }
    builder.appendRow(label: nil, cells: cells, origin: origin)
    let facts = [
      "from": from, "to": to, "cc": cc, "date": isoDate ?? date, "created": isoDate,
      "subject": subject, "title": subject, "author": from,
    ]
    for (key, value) in facts { builder.metadata[key] = value.map(Self.shortened) }
  }

  /// Mails to very many people name the first of them.
  private static func shortened(_ text: String) -> String {
    guard text.unicodeScalars.count > 2000 else { return text }
    return String(text.unicodeScalars.prefix(2000)) + "…"
  }
}

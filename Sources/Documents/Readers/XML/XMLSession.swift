import CLibXML2

/// One run of the parser: turns its pointers into names and texts, and keeps the limits.
///
/// A class, because the parser's callbacks know it by its address.
final class XMLSession {
  /// The parser while it runs.
  var context: xmlParserCtxtPtr?
  private(set) var fault: String?
  private let consumer: any XMLConsumer
  private var depth = 0
  private var isStopped = false
  /// The parser keeps one copy of each name, so its address stands for it.
  private var names: [Key: String] = [:]

  private struct Key: Hashable {
    var local: UnsafePointer<xmlChar>?
    var prefix: UnsafePointer<xmlChar>?
    var address: UnsafePointer<xmlChar>?
  }

  init(_ consumer: any XMLConsumer) { self.consumer = consumer }

  /// Notes what is wrong so far. After the first mistake the parser would drop `&amp;` and its like, so
  /// it is told that all is well.
  func noteDamage() {
    guard let context, context.pointee.wellFormed == 0 else { return }
    if fault == nil {
      let message = context.pointee.lastError.message.map { String(cString: $0).trimmed }
      fault = message ?? "it is not well formed"
    }
    context.pointee.wellFormed = 1
  }

  func start(
    _ local: UnsafePointer<xmlChar>?,
    _ prefix: UnsafePointer<xmlChar>?,
    _ address: UnsafePointer<xmlChar>?,
    _ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
    _ count: Int
  ) {
    guard !isStopped else { return }
    noteDamage()
    depth += 1
    if depth > XMLStream.maximumDepth {
      return stop("elements are nested more than \(XMLStream.maximumDepth) levels deep")
    }
    var attributes = XMLAttributes()
    if let values {
      for index in 0..<count {
        // Five pointers each: name, prefix, namespace, start and end of the value.
        let place = values + index * 5
        guard let start = place[3], let end = place[4], end >= start else { continue }
        let value = UnsafeBufferPointer(start: start, count: end - start)
        attributes.append(
          name(place[0], place[1], place[2]),
          String(decoding: value, as: UTF8.self)
        )
      }
    }
    consumer.start(name(local, prefix, address), attributes)
    if consumer.isFull { stop("it holds too much to be read whole") }
  }

  func end(
    _ local: UnsafePointer<xmlChar>?,
    _ prefix: UnsafePointer<xmlChar>?,
    _ address: UnsafePointer<xmlChar>?
  ) {
    guard !isStopped else { return }
    noteDamage()
    depth -= 1
    consumer.end(name(local, prefix, address))
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) {
    guard !isStopped else { return }
    noteDamage()
    consumer.text(text)
  }

  private func stop(_ reason: String) {
    isStopped = true
    fault = reason
    if let context { xmlStopParser(context) }
  }

  private func name(
    _ local: UnsafePointer<xmlChar>?,
    _ prefix: UnsafePointer<xmlChar>?,
    _ address: UnsafePointer<xmlChar>?
  ) -> String {
    let key = Key(local: local, prefix: prefix, address: address)
    if let known = names[key] { return known }
    let ours = address.flatMap { XMLNamespaces.prefix(String(cString: $0)) }
    let front = ours ?? prefix.map { String(cString: $0) }
    let name = local.map { String(cString: $0) } ?? ""
    let result = front.map { $0 + ":" + name } ?? name
    names[key] = result
    return result
  }
}

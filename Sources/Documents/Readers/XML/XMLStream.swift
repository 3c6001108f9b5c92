import CLibXML2

/// Parses XML with libxml2 and hands on what it finds.
///
/// Nothing is fetched, no document type is read and no entity but the five of XML itself is known, so
/// nothing can expand. Damaged XML is read as far as possible.
enum XMLStream {
  /// How deep elements may be nested; what lies deeper is not read.
  static let maximumDepth = 200

  /// Parses the bytes.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - isUTF8: Whether they are UTF-8 whatever the XML declaration says.
  ///   - consumer: Takes the events.
  /// - Returns: What is wrong with the XML, or nil where nothing is.
  static func parse(
    _ bytes: [UInt8],
    isUTF8: Bool = false,
    into consumer: any XMLConsumer
  ) -> String? {
    guard let length = Int32(exactly: bytes.count), length > 0 else { return "it is empty" }
    _ = isPrepared
    let session = XMLSession(consumer)
    return bytes.withUnsafeBytes { buffer in
      guard let base = buffer.bindMemory(to: CChar.self).baseAddress,
        let context = xmlCreateMemoryParserCtxt(base, length)
      else { return "it cannot be parsed" }
      defer { xmlFreeParserCtxt(context) }
      var options =
        XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        | XML_PARSE_NONET.rawValue
      if isUTF8 { options |= XML_PARSE_IGNORE_ENC.rawValue }
      xmlCtxtUseOptions(context, Int32(bitPattern: UInt32(options)))
      session.context = context
      install(on: context, session)
      xmlParseDocument(context)
      session.noteDamage()
      session.context = nil
      return session.fault
    }
  }

  /// libxml2 wants to be set up once before several threads use it.
  private static let isPrepared: Bool = {
    xmlInitParser()
    return true
  }()

  private static func install(on context: xmlParserCtxtPtr, _ session: XMLSession) {
    guard let handler = context.pointee.sax else { return }
    // Without any of the handlers that would build a tree or know entities.
    handler.pointee = xmlSAXHandler()
    handler.pointee.initialized = UInt32(XML_SAX2_MAGIC)
    // The session outlives the parse: the caller holds it.
    context.pointee.userData = Unmanaged.passUnretained(session).toOpaque()
    handler.pointee.startElementNs = { data, name, prefix, address, _, _, count, _, attributes in
      XMLStream.session(data)?.start(name, prefix, address, attributes, Int(count))
    }
    handler.pointee.endElementNs = { data, name, prefix, address in
      XMLStream.session(data)?.end(name, prefix, address)
    }
    handler.pointee.characters = { data, text, length in
      guard length > 0 else { return }
      XMLStream.session(data)?.text(UnsafeBufferPointer(start: text, count: Int(length)))
    }
    handler.pointee.ignorableWhitespace = handler.pointee.characters
  }

  private static func session(_ data: UnsafeMutableRawPointer?) -> XMLSession? {
    data.map { Unmanaged<XMLSession>.fromOpaque($0).takeUnretainedValue() }
  }
}

import CLibXML2
import Foundation

/// Reads HTML with libxml2's parser: headings, paragraphs, lists, tables and preformatted text.
///
/// Navigation, page headers and footers, forms, scripts and styles are left out. Nothing is ever
/// fetched. A block's origin runs from its element's start to its end in the file.
enum HTMLReader {
  /// How deep elements may be nested; what lies deeper is not read.
  static let maximumDepth = 2000

  /// Reads a page; of a mail, which has no navigation, everything.
  static func read(
    _ text: DecodedText,
    path: String,
    mainContentOnly: Bool = true
  ) -> ExtractedDocument {
    var collector = collect(text, dropping: mainContentOnly ? .all : .nothing)
    // A page that is one big form (as some frameworks write them) is read after all; so is one
    // where everything looked like navigation.
    if collector.keptBytes * 4 < collector.droppedFormBytes {
      collector = collect(text, dropping: .boilerplate)
    }
    if collector.keptBytes == 0 { collector = collect(text, dropping: .nothing) }
    var builder = DocumentBuilder()
    collector.pieces.write(to: &builder)
    builder.metadata = collector.metadata
    if collector.isTooDeep {
      builder.warnings.append(
        "elements are nested more than \(maximumDepth) levels deep; the rest was not read"
      )
    }
    let title = collector.title.isEmpty ? collector.firstHeading : collector.title
    return builder.document(
      title: title.isEmpty ? FormatDetector.baseName(path) : title,
      mediaType: FileFormat.html.mediaType
    )
  }

  private static func collect(
    _ text: DecodedText,
    dropping: HTMLCollector.Dropping
  ) -> HTMLCollector {
    let collector = HTMLCollector(text: text, dropping: dropping)
    // The mark at the start tells every version of the parser that this is UTF-8.
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + text.bytes.map { $0 == 0 ? 0x20 : $0 }
    guard let length = Int32(exactly: bytes.count) else { return collector }
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.bindMemory(to: CChar.self).baseAddress,
        let context = htmlCreateMemoryParserCtxt(base, length)
      else { return }
      defer { htmlFreeParserCtxt(context) }
      let options =
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
      htmlCtxtUseOptions(context, Int32(bitPattern: UInt32(options)))
      collector.context = context
      install(on: context, collector)
      htmlParseDocument(context)
      collector.context = nil
    }
    collector.finish()
    return collector
  }

  /// Sends the parser's events to the collector instead of into a tree.
  private static func install(on context: htmlParserCtxtPtr, _ collector: HTMLCollector) {
    guard let handler = context.pointee.sax else { return }
    // The collector outlives the parse: the caller holds it.
    context.pointee.userData = Unmanaged.passUnretained(collector).toOpaque()
    handler.pointee.startElement = { data, name, attributes in
      guard let collector = HTMLReader.collector(data), let name else { return }
      collector.start(String(cString: name), HTMLReader.attributes(attributes))
    }
    handler.pointee.endElement = { data, name in
      guard let collector = HTMLReader.collector(data), let name else { return }
      collector.end(String(cString: name))
    }
    handler.pointee.characters = { data, text, length in
      HTMLReader.collector(data)?.characters(UnsafeBufferPointer(start: text, count: Int(length)))
    }
    handler.pointee.ignorableWhitespace = handler.pointee.characters
    // Script and style; nobody reads them.
    handler.pointee.cdataBlock = { _, _, _ in }
    handler.pointee.comment = { _, _ in }
    handler.pointee.processingInstruction = { _, _, _ in }
    handler.pointee.internalSubset = { _, _, _, _ in }
    handler.pointee.startDocument = { _ in }
    handler.pointee.endDocument = { _ in }
    handler.pointee.reference = nil
    handler.pointee.getEntity = { _, _ in nil }
    handler.pointee.serror = nil
  }

  private static func collector(_ data: UnsafeMutableRawPointer?) -> HTMLCollector? {
    data.map { Unmanaged<HTMLCollector>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func attributes(
    _ pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) -> [String: String] {
    guard let pairs else { return [:] }
    var result: [String: String] = [:]
    var index = 0
    while let name = pairs[index] {
      result[String(cString: name)] = pairs[index + 1].map { String(cString: $0) } ?? ""
      index += 2
    }
    return result
  }
}

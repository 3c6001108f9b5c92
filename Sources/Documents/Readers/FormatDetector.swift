/// Tells a file's format by its name and by its first bytes.
///
/// The name decides which reader takes a text; the content decides whether it is text at all.
enum FormatDetector {
  /// How many bytes from the start of a file ``format(ofContent:)`` is given when a folder is listed.
  /// Given the whole file it also tells packed formats apart whose first entries say nothing.
  static let headerLength = 4096

  /// The format that a name promises, or nil where the name says nothing.
  static func format(ofName path: String) -> FileFormat? {
    guard let suffix = fileExtension(path) else {
      return plainNames.contains(fileName(path).lowercased()) ? .plainText : nil
    }
    return byExtension[suffix]
  }

  /// The format that the first bytes show, where that is a binary one or HTML. Nil means text of
  /// some kind, or unknown.
  static func format(ofContent header: ArraySlice<UInt8>) -> FileFormat? {
    if header.starts(with: Array("SQLite format 3\u{0}".utf8)) { return .sqlite }
    // A sentence may begin with this word too.
    if Mailbox.isPostmark(header.prefix(500).prefix { $0 != 0x0A && $0 != 0x0D }) {
      return .mailbox
    }
    for (magic, offset, format) in signatures where matches(magic, header, offset) {
      return format
    }
    if header.starts(withText: "PK\u{3}\u{4}") { return zipKind(header) }
    if header.starts(withText: "RIFF"), header.count >= 12 {
      let kind = header[header.startIndex + 8..<header.startIndex + 12]
      if kind.elementsEqual("WEBP".utf8) { return .unreadable("a WebP image") }
      if kind.elementsEqual("WAVE".utf8) { return .unreadable("WAV audio") }
    }
    return looksLikeHTML(header) ? .html : nil
  }

  /// The last part of a path.
  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The file name without its extension.
  static func baseName(_ path: String) -> String {
    let name = fileName(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The extension in lower case, without the dot.
  static func fileExtension(_ path: String) -> String? {
    let name = fileName(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    let suffix = name[name.index(after: dot)...].lowercased()
    return suffix.isEmpty ? nil : suffix
  }

  private static func looksLikeHTML(_ header: ArraySlice<UInt8>) -> Bool {
    var rest = header.starts(with: [0xEF, 0xBB, 0xBF]) ? header.dropFirst(3) : header
    rest = rest.trimmingWhitespace()
    while rest.starts(withText: "<!--") {
      guard let end = rest.firstRange(of: Array("-->".utf8)) else { return false }
      rest = rest[end.upperBound...].trimmingWhitespace()
    }
    let start = rest.prefix(15).string.lowercased()
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
  }

  private static func matches(_ magic: [UInt8], _ header: ArraySlice<UInt8>, _ offset: Int) -> Bool
  {
    header.dropFirst(offset).starts(with: magic)
  }

  /// Office and OpenDocument files are ZIP archives whose entries' names give them away. The names stand
  /// in front of the entries and once more at the end of the file.
  private static func zipKind(_ bytes: ArraySlice<UInt8>) -> FileFormat {
    if let archive = ZipArchive(bytes), !archive.isDamaged { return zipKind(archive) }
    let edges = [bytes.prefix(headerLength), bytes.suffix(1 << 16)]
    func holds(_ name: String) -> Bool {
      let name = Array(name.utf8)
      return edges.contains { $0.firstRange(of: name) != nil }
    }
    if holds("mimetypeapplication/epub") { return .epub }
    if holds("mimetypeapplication/vnd.oasis.opendocument") { return .openDocument }
    return office.first { holds($0.member) }?.format ?? .zip
  }

  /// With the whole file at hand the names are known, and those of documents within do not mislead.
  private static func zipKind(_ archive: ZipArchive) -> FileFormat {
    if let first = archive.entries.first(where: { $0.name == "mimetype" }),
      let contents = try? archive.contents(of: first, path: "", limit: 200)
    {
      let kind = contents.bytes[...].trimmingWhitespace().string
      if kind == "application/epub+zip" { return .epub }
      if kind.hasPrefix("application/vnd.oasis.opendocument") { return .openDocument }
    }
    let names = Set(archive.entries.map { $0.name.replacing("\\", with: "/").lowercased() })
    guard names.contains("[content_types].xml") || names.contains("_rels/.rels") else {
      return names.contains("meta-inf/container.xml") ? .epub : .zip
    }
    func holds(_ start: String) -> Bool { names.contains { $0.hasPrefix(start) } }
    return office.first { holds($0.member) }?.format ?? .zip
  }

  /// What the name of an Office file's main member begins with.
  private static let office: [(member: String, format: FileFormat)] = [
    ("word/document", .word), ("ppt/presentation", .powerPoint), ("xl/workbook", .excel),
  ]

  private static let signatures: [(magic: [UInt8], offset: Int, format: FileFormat)] = [
    (Array("%PDF-".utf8), 0, .pdf),
    (Array("{\\rtf".utf8), 0, .rtf),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, .outlook),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, .unreadable("a PNG image")),
    ([0xFF, 0xD8, 0xFF], 0, .unreadable("a JPEG image")),
    (Array("GIF8".utf8), 0, .unreadable("a GIF image")),
    ([0x49, 0x49, 0x2A, 0x00], 0, .unreadable("a TIFF image")),
    ([0x4D, 0x4D, 0x00, 0x2A], 0, .unreadable("a TIFF image")),
    ([0x1F, 0x8B], 0, .unreadable("a gzip archive")),
    ([0x42, 0x5A, 0x68], 0, .unreadable("a bzip2 archive")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], 0, .unreadable("an xz archive")),
    ([0x28, 0xB5, 0x2F, 0xFD], 0, .unreadable("a Zstandard archive")),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, .unreadable("a 7-Zip archive")),
    (Array("Rar!".utf8), 0, .unreadable("a RAR archive")),
    (Array("ustar".utf8), 257, .unreadable("a tar archive")),
    ([0x7F, 0x45, 0x4C, 0x46], 0, .unreadable("an executable")),
    ([0xCF, 0xFA, 0xED, 0xFE], 0, .unreadable("an executable")),
    ([0xCA, 0xFE, 0xBA, 0xBE], 0, .unreadable("an executable")),
    ([0x4D, 0x5A, 0x90, 0x00], 0, .unreadable("an executable")),
    (Array("ID3".utf8), 0, .unreadable("MP3 audio")),
    (Array("OggS".utf8), 0, .unreadable("Ogg audio")),
    (Array("fLaC".utf8), 0, .unreadable("FLAC audio")),
    (Array("ftyp".utf8), 4, .unreadable("MP4 video")),
    (Array("PAR1".utf8), 0, .unreadable("Parquet")),
    ([0x50, 0x4B, 0x05, 0x06], 0, .unreadable("an empty ZIP archive")),
    (Array("%!PS".utf8), 0, .unreadable("PostScript")),
    (Array("wOFF".utf8), 0, .unreadable("a font")),
    (Array("wOF2".utf8), 0, .unreadable("a font")),
  ]

  private static let plainNames: Set<String> = [
    "readme", "license", "licence", "changelog", "changes", "authors", "contributing", "copying",
    "notice", "todo", "install", "makefile", "dockerfile",
  ]

  private static let byExtension: [String: FileFormat] = {
    var table: [String: FileFormat] = [:]
    func add(_ suffixes: String, _ format: FileFormat) {
      for suffix in suffixes.split(separator: " ") { table[String(suffix)] = format }
    }
    add("md markdown mdown mkd mdx", .markdown)
    add("txt text log rst adoc asciidoc org tex srt vtt toml ini cfg conf", .plainText)
    add(
      "properties env sql sh bash py rb js ts css c h cpp hpp java kt swift go rs php",
      .plainText
    )
    add("xml rss atom xsd wsdl dita", .xml)
    add("html htm xhtml", .html)
    add("csv", .csv)
    add("tsv tab", .tsv)
    add("json geojson", .json)
    add("jsonl ndjson", .jsonLines)
    add("yaml yml", .yaml)
    add("sqlite sqlite3 db db3", .sqlite)
    add("pdf", .pdf)
    add("docx docm dotx", .word)
    add("xlsx xlsm", .excel)
    add("pptx pptm ppsx", .powerPoint)
    add("doc xls ppt", .unreadable("legacy Office"))
    add("odt ods odp ott ots", .openDocument)
    add("epub", .epub)
    add("rtf", .rtf)
    add("eml", .mail)
    add("mbox mbx", .mailbox)
    add("msg", .outlook)
    add("png", .unreadable("a PNG image"))
    add("jpg jpeg", .unreadable("a JPEG image"))
    add("gif", .unreadable("a GIF image"))
    add("webp svg tif tiff bmp ico heic avif", .unreadable("an image"))
    add("mp3 wav ogg flac m4a", .unreadable("audio"))
    add("mp4 mov avi mkv webm", .unreadable("video"))
    add("zip", .zip)
    add("gz tgz", .unreadable("a gzip archive"))
    add("tar bz2 xz zst 7z rar", .unreadable("an archive"))
    add("exe dll so dylib bin o a class jar wasm", .unreadable("an executable or library"))
    add("parquet avro orc arrow", .unreadable("a columnar data file"))
    add("woff woff2 ttf otf eot", .unreadable("a font"))
    add("pyc swiftmodule", .unreadable("a compiled module"))
    return table
  }()
}

/// The content of one item, read but not yet taken apart.
public struct SourceContent: Sendable {
  /// A document that lies inside another one.
  public struct Part: Sendable {
    /// Its name within the one that holds it, unique there.
    public var name: String
    public var size: Int?
    /// Unpacks it. Throws ``DocumentError``.
    public var content: @Sendable () throws -> SourceContent

    public init(name: String, size: Int?, content: @escaping @Sendable () throws -> SourceContent) {
      self.name = name
      self.size = size
      self.content = content
    }
  }

  /// SHA-256 of the content, in lower-case hexadecimal. Equal hashes mean equal extraction.
  public var hash: String
  /// Takes the content apart.
  public var extract: @Sendable () throws -> ExtractedDocument
  /// Lists the documents that lie inside this one: attachments, files of an archive.
  public var parts: @Sendable () throws -> [Part]

  public init(
    hash: String,
    extract: @escaping @Sendable () throws -> ExtractedDocument,
    parts: @escaping @Sendable () throws -> [Part] = { [] }
  ) {
    self.hash = hash
    self.extract = extract
    self.parts = parts
  }

  /// The content of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: What it is called within its source.
  ///   - name: What it is called where it lies in another file; its title of last resort.
  ///   - limits: How far packed files may unfold, and how deep documents may lie inside one another.
  ///   - depth: How many documents this one lies in.
  public init(
    file bytes: [UInt8],
    path: String,
    name: String? = nil,
    limits: SourceLimits,
    depth: Int = 0
  ) {
    self.init(
      hash: ContentHash.of(bytes),
      extract: {
        var document = try DocumentReader.extract(bytes, path: path, limits: limits)
        if let name, document.title == FormatDetector.baseName(path) {
          document.title = FormatDetector.baseName(name)
        }
        return document
      },
      parts: {
        let parts = try DocumentReader.parts(of: bytes, path: path, limits: limits)
        guard depth < limits.maximumDepth || parts.isEmpty else {
          throw DocumentError.nestedTooDeep(path, limit: limits.maximumDepth)
        }
        return parts.map { part in
          Part(name: part.name, size: part.size) {
            SourceContent(
              file: try part.read(),
              path: path + "#" + part.name,
              name: part.name,
              limits: limits,
              depth: depth + 1
            )
          }
        }
      }
    )
  }

  /// The content of a part that lies in this one, however deep.
  ///
  /// - Parameters:
  ///   - name: Names of parts, joined by `#`.
  ///   - subject: What to call it in errors.
  /// - Returns: The part's content.
  /// - Throws: ``DocumentError``; `notFound` where there is no such part.
  func part(named name: Substring, subject: String) throws -> SourceContent {
    for part in try parts() {
      if part.name == name { return try part.content() }
      // A name may itself hold the mark that joins names.
      guard name.hasPrefix(part.name + "#") else { continue }
      let rest = name.dropFirst(part.name.count + 1)
      if let found = try? part.content().part(named: rest, subject: subject) { return found }
    }
    throw DocumentError.missing(subject)
  }
}

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
  /// The item as reading showed it to be, where listing could not tell.
  public var item: SourceItem?
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
      file: bytes,
      path: path,
      name: name,
      surroundings: nil,
      limits: limits,
      depth: depth
    )
  }

  /// The content of a file of which something is said by what it came in.
  init(
    file bytes: [UInt8],
    path: String,
    name: String? = nil,
    surroundings: ContentSurroundings?,
    limits: SourceLimits,
    depth: Int = 0
  ) {
    var hash = ContentHash()
    hash.update(bytes)
    if let surroundings { hash.update("\n\(surroundings)") }
    self.init(
      hash: hash.hexadecimal,
      extract: {
        var document = try DocumentReader.extract(
          bytes,
          path: path,
          surroundings: surroundings,
          limits: limits
        )
        if let name, document.title == FormatDetector.baseName(path) {
          document.title = FormatDetector.baseName(name)
        }
        return document
      },
      parts: {
        let parts = try DocumentReader.parts(
          of: bytes,
          path: path,
          surroundings: surroundings,
          limits: limits
        )
        guard depth < limits.maximumDepth || parts.isEmpty else {
          throw DocumentError.nestedTooDeep(path, limit: limits.maximumDepth)
        }
        return Self.described(parts).map { part, sidecar in
          Part(name: part.name, size: part.size) {
            SourceContent(
              file: try part.read(),
              path: PartPath.join(path, part.name),
              name: part.name,
              limits: limits,
              depth: depth + 1
            ).described(by: sidecar.map { Sidecar(path: $0.name, read: $0.read) })
          }
        }
      }
    )
  }

  /// The content with what a sidecar says of it.
  func described(by sidecar: Sidecar?) -> SourceContent {
    guard let sidecar else { return self }
    return SourceContent(
      hash: ContentHash.of(Array((hash + sidecar.hash).utf8)),
      extract: { sidecar.describing(try extract()) },
      parts: parts
    )
  }

  /// Parts that lie beside one another, each with its sidecar. The sidecars themselves are left out.
  private static func described(
    _ parts: [DocumentPart]
  ) -> [(part: DocumentPart, sidecar: DocumentPart?)] {
    let names = Set(parts.map(\.name))
    var sidecars: [String: DocumentPart] = [:]
    let documents = parts.filter { part in
      guard let subject = Sidecar.subject(of: part.name), names.contains(subject) else {
        return true
      }
      sidecars[part.name] = part
      return false
    }
    guard !sidecars.isEmpty else { return documents.map { ($0, nil) } }
    return documents.map { part in
      (part, Sidecar.suffixes.lazy.compactMap { sidecars[part.name + $0] }.first)
    }
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
      guard let rest = PartPath.splits(String(name)).first(where: { $0.holder == part.name })?.part,
        let found = try? part.content().part(named: rest, subject: subject)
      else { continue }
      return found
    }
    throw DocumentError.missing(subject)
  }
}

/// A packed office document: its parts by name, and how they refer to one another (ISO/IEC 29500-2).
///
/// A class, because every part that is read counts against one limit.
final class OfficePackage {
  /// Another part that a part refers to.
  struct Relationship {
    /// The last word of its type, such as `slide` or `footnotes`.
    var kind: String
    /// The part's name within the package.
    var target: String
    var isExternal: Bool
  }

  let path: String
  private(set) var warnings: [String] = []
  private let archive: ZipArchive
  private var left: Int
  private let places: [String: Int]

  /// Opens a package.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: Its path, for errors.
  ///   - limits: How much may be unpacked in all.
  /// - Throws: ``DocumentError`` `corrupt` where nothing can be found in it.
  init(_ bytes: [UInt8], path: String, limits: SourceLimits) throws {
    guard let archive = ZipArchive(bytes[...]) else { throw DocumentError.damagedArchive(path) }
    self.archive = archive
    self.path = path
    left = limits.maximumUnpackedBytes
    var places: [String: Int] = [:]
    for (index, entry) in archive.entries.enumerated() {
      let name = Self.normal(entry.name)
      if places[name] == nil { places[name] = index }
    }
    self.places = places
    if archive.isDamaged {
      warnings.append("the file is cut off or damaged; what could be found was read")
    }
  }

  /// The names of all parts in the order of the archive.
  var names: [String] { archive.entries.map(\.name) }

  func holds(_ name: String) -> Bool { places[Self.normal(name)] != nil }

  /// A part's bytes; nil where there is no such part. Damage leads to a warning.
  func contents(_ name: String) throws -> [UInt8]? {
    guard let index = places[Self.normal(name)] else { return nil }
    let contents = try archive.contents(of: archive.entries[index], path: path, limit: left)
    left -= contents.bytes.count
    if let fault = contents.fault { warn(fault) }
    return contents.bytes
  }

  /// A part's XML; nil where there is no such part or nothing can be read of it.
  func tree(_ name: String) throws -> XMLElement? {
    guard let bytes = try contents(name), !bytes.isEmpty else { return nil }
    let (root, fault) = XMLTree.parse(bytes)
    if let fault { warn("\(name) is damaged and was read in part: \(fault)") }
    return root
  }

  /// Parses a part event by event; false where there is no such part.
  func stream(_ name: String, into consumer: any XMLConsumer) throws -> Bool {
    guard let bytes = try contents(name), !bytes.isEmpty else { return false }
    if let fault = XMLStream.parse(bytes, into: consumer) {
      warn("\(name) is damaged and was read in part: \(fault)")
    }
    return true
  }

  func warn(_ warning: String) {
    if warnings.count < 20, !warnings.contains(warning) { warnings.append(warning) }
  }

  /// What a part refers to, by the identifiers it uses; of the package itself for an empty name.
  func relationships(of part: String) throws -> [String: Relationship] {
    let folder = part.split(separator: "/").dropLast().joined(separator: "/")
    let file = part.split(separator: "/").last.map(String.init) ?? ""
    let name = (folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels"
    guard let root = try tree(name) else { return [:] }
    var result: [String: Relationship] = [:]
    for element in root.all("rel:Relationship") {
      guard let id = element["Id"], let target = element["Target"] else { continue }
      let kind = element["Type"]?.split(separator: "/").last.map(String.init) ?? ""
      let isExternal = element["TargetMode"] == "External"
      result[id] = Relationship(
        kind: kind,
        target: isExternal ? target : Self.resolve(target, in: folder),
        isExternal: isExternal
      )
    }
    return result
  }

  /// The part that a document begins with: the one the package names, or the usual one.
  func mainPart(usual: String) throws -> String {
    let main = try relationships(of: "").values.filter { $0.kind == "officeDocument" }
      .map(\.target).sorted().first(where: holds)
    return main ?? usual
  }

  /// A path relative to a folder of the package, without `.` and `..`.
  static func resolve(_ target: String, in folder: String) -> String {
    var steps = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for step in target.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": _ = steps.popLast()
      default: steps.append(String(step))
      }
    }
    return steps.joined(separator: "/")
  }

  private static func normal(_ name: String) -> String {
    var name = name.replacing("\\", with: "/").lowercased()
    while name.hasPrefix("/") { name.removeFirst() }
    return name
  }
}

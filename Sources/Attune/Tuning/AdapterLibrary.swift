import Datasets
import FineTuning
public import Foundation
public import LanguageModels

/// The adapters of a workspace, and which of them are in use.
public struct AdapterLibrary: Sendable {
  /// The folder that holds a folder for each adapter.
  public let folder: URL

  static let recordName = "attune.json"
  static let examplesName = "examples.json"
  private var activeFile: URL { folder.appending(path: "active.json") }

  /// The adapters in a folder.
  public init(folder: URL) { self.folder = folder }

  /// All adapters, the newest first.
  public func all() -> [AdapterRecord] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap { try? record(of: $0) }
      .sorted { ($0.created, $0.name) > ($1.created, $1.name) }
  }

  /// What is known of an adapter.
  ///
  /// - Throws: ``AttuneError`` with code `adapterUnknown`.
  public func record(of name: String) throws -> AdapterRecord {
    let file = place(of: name).appending(path: Self.recordName)
    guard Self.isName(name), let data = try? Data(contentsOf: file) else {
      throw AttuneError(
        .adapterUnknown,
        "There is no adapter named \(name.prefix(80)).",
        subject: name,
        remedy: "See 'attune adapters list'."
      )
    }
    do {
      return try Self.decoder.decode(AdapterRecord.self, from: data)
    } catch {
      throw AttuneError(
        .fileFault,
        "What is known of the adapter \(name) cannot be read.",
        subject: file.path,
        cause: "\(error)",
        remedy: "Import the adapter's folder again under another name."
      )
    }
  }

  /// The adapter's folder, in PEFT's form.
  public func place(of name: String) -> URL {
    folder.appending(path: name, directoryHint: .isDirectory)
  }

  /// Reads an adapter.
  ///
  /// - Throws: ``AttuneError`` with code `adapterUnknown` where there is none, or the whole model was trained;
  ///   `LanguageModelError` where its files cannot be read.
  public func adapter(_ name: String) throws -> LowRankAdapter {
    guard try !record(of: name).isWholeModel else {
      throw AttuneError(
        .adapterUnknown,
        "\(name) is a model of its own, not an adapter: all its weights were trained.",
        subject: name,
        remedy: "Its folder is \(place(of: name).path); 'attune models import' takes it."
      )
    }
    return try PEFTAdapterFile.read(place(of: name))
  }

  /// Keeps an adapter: its folder appears whole or not at all.
  ///
  /// - Parameters:
  ///   - adapter: the numbers; nil where `addFiles` writes a whole model.
  ///   - record: what is known of it.
  ///   - examples: the identifiers of the examples that it was trained on.
  ///   - addFiles: writes what else belongs into the folder.
  /// - Throws: ``AttuneError`` with code `adapterExists` if the name is taken or is none.
  public func save(
    _ adapter: LowRankAdapter?,
    _ record: AdapterRecord,
    trainedOn examples: [String] = [],
    addFiles: (URL) throws -> Void = { _ in }
  ) throws {
    try requireFree(record.name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let staging = folder.appending(path: ".\(record.name).\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: staging) }
    try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
    if let adapter { try PEFTAdapterFile.write(adapter, to: staging) }
    try Self.encoder.encode(record)
      .write(to: staging.appending(path: Self.recordName), options: .atomic)
    try JSONEncoder().encode(examples).write(to: staging.appending(path: Self.examplesName))
    try addFiles(staging)
    try FileManager.default.moveItem(at: staging, to: place(of: record.name))
  }

  /// The identifiers of the examples that an adapter was trained on; none where that is not known.
  func trained(_ name: String) throws -> [String] {
    _ = try record(of: name)
    let file = place(of: name).appending(path: Self.examplesName)
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([String].self, from: data)) ?? []
  }

  /// The identifiers of all examples behind an adapter that goes on from another one.
  func trained(on data: TuningData, since parent: String?) throws -> [String] {
    let earlier = try parent.map { try trained($0) } ?? []
    return Set(earlier).union(data.train.map(\.identifier)).sorted()
  }

  /// A name that no adapter of the role has yet, such as `generator-2`.
  public func freeName(_ role: AdapterRecord.Role) -> String {
    let taken = Set(all().map(\.name))
    let number = (1...).first { !taken.contains("\(role.rawValue)-\($0)") } ?? 1
    return "\(role.rawValue)-\(number)"
  }

  /// Refuses a name that is taken or cannot be a folder's.
  func requireFree(_ name: String) throws {
    guard Self.isName(name) else {
      throw AttuneError(
        .adapterExists,
        "\"\(name.prefix(80))\" cannot be an adapter's name.",
        subject: "name",
        remedy: "Use letters, digits, '-', '_' and '.'."
      )
    }
    guard !FileManager.default.fileExists(atPath: place(of: name).path) else {
      throw AttuneError(
        .adapterExists,
        "There is an adapter named \(name) already.",
        subject: name,
        remedy: "Choose another --name, or remove it with 'attune adapters remove \(name)'."
      )
    }
  }

  /// Removes an adapter; one that is in use is put out of use.
  public func remove(_ name: String) throws {
    let record = try record(of: name)
    if active(record.role) == name { try deactivate(record.role) }
    try FileManager.default.removeItem(at: place(of: name))
  }

  /// The adapter in use for a role.
  public func active(_ role: AdapterRecord.Role) -> String? { activeNames()[role.rawValue] }

  /// Puts an adapter in use; it holds from the next answer on.
  ///
  /// - Returns: the adapter that was in use before.
  @discardableResult
  public func activate(_ name: String) throws -> String? {
    let record = try record(of: name)
    var names = activeNames()
    let before = names.updateValue(name, forKey: record.role.rawValue)
    try write(names)
    return before
  }

  /// Puts the adapter of a role out of use.
  public func deactivate(_ role: AdapterRecord.Role) throws {
    var names = activeNames()
    names[role.rawValue] = nil
    try write(names)
  }

  private func activeNames() -> [String: String] {
    guard let data = try? Data(contentsOf: activeFile) else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
  }

  private func write(_ names: [String: String]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Self.encoder.encode(names).write(to: activeFile, options: .atomic)
  }

  /// Whether a name can be that of a folder, and of nothing else.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.count <= 100 && !name.hasPrefix(".")
      && name.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
          || "-_.".unicodeScalars.contains($0)
      }
  }

  static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }()

  static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }()
}

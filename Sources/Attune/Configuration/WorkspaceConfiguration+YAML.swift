import Answering
import Documents
import Evaluation
import Foundation
import Knowledge
import Yams

extension WorkspaceConfiguration {
  /// The file as it is written; every name is optional.
  private struct File: Decodable {
    struct Models: Decodable {
      var embedder: String?
      var generator: GeneratorFile?
    }

    struct Retrieval: Decodable {
      var mode: String?
      var denseWeight: Double?
      var summaryWeight: Double?
      var candidates: Int?
      var rerank: Int?
      var passages: Int?
      var passagesWithNeighbours: Int?
      var neighbours: Int?
      var contextTokens: Int?

      private enum CodingKeys: String, CodingKey {
        case mode, candidates, rerank, passages, neighbours
        case denseWeight = "dense_weight"
        case summaryWeight = "summary_weight"
        case passagesWithNeighbours = "passages_with_neighbours"
        case contextTokens = "context_tokens"
      }
    }

    struct Answers: Decodable {
      var minimumConfidence: Double?
      var quotes: Int?
      var maximumTokens: Int?
      var temperature: Double?
      var strict: Bool?

      private enum CodingKeys: String, CodingKey {
        case quotes, temperature, strict
        case minimumConfidence = "minimum_confidence"
        case maximumTokens = "max_tokens"
      }
    }

    struct Limits: Decodable {
      var maxFileMegabytes: Int?

      private enum CodingKeys: String, CodingKey {
        case maxFileMegabytes = "max_file_mb"
      }
    }

    struct Costs: Decodable {
      var watts: Double?
      var currency: String?
      var machineHour: Double?
      var kilowattHour: Double?

      private enum CodingKeys: String, CodingKey {
        case watts, currency
        case machineHour = "machine_hour"
        case kilowattHour = "kilowatt_hour"
      }
    }

    var version: Int?
    var sources: [Source]?
    var models: Models?
    var retrieval: Retrieval?
    var answers: Answers?
    var limits: Limits?
    var costs: Costs?
    var advice: [String: Double]?
  }

  private static let knownNames: [String: Set<String>] = [
    "": ["version", "sources", "models", "retrieval", "answers", "limits", "costs", "advice"],
    "sources": ["name", "path", "tables", "query", "groups", "folders", "allow", "every"],
    "models": ["embedder", "generator"],
    "retrieval": [
      "mode", "dense_weight", "summary_weight", "candidates", "rerank", "passages",
      "passages_with_neighbours", "neighbours", "context_tokens",
    ],
    "answers": ["minimum_confidence", "quotes", "max_tokens", "temperature", "strict"],
    "limits": ["max_file_mb"],
    "costs": ["watts", "currency", "machine_hour", "kilowatt_hour"],
  ]

  /// Reads a configuration and checks every value.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - path: The file's path, for messages.
  /// - Throws: ``AttuneError`` with code `configurationInvalid` that names the setting.
  public init(yaml: String, path: String) throws {
    self.init()
    func invalid(_ message: String, remedy: String) -> AttuneError {
      AttuneError(.configurationInvalid, message, subject: path, remedy: remedy)
    }
    let file: File
    do {
      guard let node = try Yams.compose(yaml: yaml) else { return }
      if let unknown = Self.unknownName(in: node) {
        throw invalid(
          "attune.yaml has a setting “\(unknown)” that Attune does not know.",
          remedy: "Correct or delete it; docs/configuration.md lists all settings."
        )
      }
      file = try YAMLDecoder().decode(File.self, from: node)
    } catch let error as AttuneError {
      throw error
    } catch let error as DecodingError {
      let fault = Self.fault(error)
      throw AttuneError(
        .configurationInvalid,
        fault.name.isEmpty
          ? "attune.yaml has another form than it should."
          : "Setting \(fault.name) cannot be read.",
        subject: path,
        cause: fault.cause,
        remedy: "Correct it; docs/configuration.md shows its form."
      )
    } catch {
      throw AttuneError(
        .configurationInvalid,
        "attune.yaml cannot be read.",
        subject: path,
        cause: "\(error)",
        remedy: "Mend the file at the place named; docs/configuration.md shows its form."
      )
    }
    if let version = file.version, version != Self.currentVersion {
      throw invalid(
        "attune.yaml has version \(version); this Attune reads version \(Self.currentVersion).",
        remedy: "Use the Attune that wrote it, or set `version: \(Self.currentVersion)`."
      )
    }
    try apply(file, invalid: invalid)
  }

  /// The setting that could not be read, such as `retrieval.candidates`, and why.
  private static func fault(_ error: DecodingError) -> (name: String, cause: String) {
    func name(_ keys: [any CodingKey]) -> String {
      keys.map { $0.intValue.map { "entry \($0 + 1)" } ?? $0.stringValue }.joined(separator: ".")
    }
    return switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      (name(context.codingPath), context.debugDescription)
    case .keyNotFound(let key, let context):
      (name(context.codingPath + [key]), "It is missing.")
    @unknown default: ("", "\(error)")
    }
  }

  private static func unknownName(in node: Node) -> String? {
    guard let mapping = node.mapping else { return nil }
    for (key, value) in mapping {
      guard let name = key.string else { continue }
      guard knownNames[""]?.contains(name) == true else { return name }
      guard let inner = knownNames[name] else { continue }
      let sections = value.sequence.map { Array($0) } ?? [value]
      for (key, _) in sections.compactMap(\.mapping).joined() {
        guard let innerName = key.string, !inner.contains(innerName) else { continue }
        return "\(name).\(innerName)"
      }
      if let server = value.mapping?["generator"]?.mapping,
        let unknown = server.keys.compactMap(\.string).first(where: {
          !GeneratorFile.names.contains($0)
        })
      {
        return "\(name).generator.\(unknown)"
      }
    }
    return nil
  }

  private mutating func apply(
    _ file: File,
    invalid: (String, String) -> AttuneError
  ) throws {
    func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws -> Int {
      guard range.contains(value) else {
        throw invalid(
          "Setting \(name) is \(value).",
          "Set it between \(range.lowerBound) and \(range.upperBound)."
        )
      }
      return value
    }
    func check(_ name: String, _ value: Double) throws -> Double {
      guard (0...1).contains(value) else {
        throw invalid("Setting \(name) is \(value).", "Set it between 0 and 1.")
      }
      return value
    }
    sources = file.sources ?? []
    for source in sources {
      guard Self.isValidSourceName(source.name) else {
        throw invalid(
          "The source name “\(source.name)” cannot be used.",
          "Use letters, digits, “-”, “_” and “.”, starting with a letter or digit."
        )
      }
      guard !source.path.isEmpty else {
        throw invalid("Source “\(source.name)” has no path.", "Give its folder, file or database.")
      }
      if source.tables != nil || source.query != nil {
        guard PostgreSQLSource.isURI(source.path) else {
          throw invalid(
            "Source “\(source.name)” names tables or a query, but is no PostgreSQL database.",
            "Give its URI as the path, or delete them."
          )
        }
        guard source.tables == nil || source.query == nil else {
          throw invalid(
            "Source “\(source.name)” names both tables and a query.",
            "Make a source of each."
          )
        }
      }
      if let hosts = source.allow {
        guard WebSource.isURL(source.path) else {
          throw invalid(
            "Source “\(source.name)” allows hosts, but is no web page.",
            "Give its address as the path, or delete `allow`."
          )
        }
        if let host = hosts.first(where: { !WebSource.isHost($0) }) {
          throw invalid(
            "“\(host)”, which source “\(source.name)” allows, is no host's name.",
            "Name the host alone, without scheme and port: intranet.example"
          )
        }
      }
      if let every = source.every, !(1...86_400).contains(every) {
        throw invalid(
          "Source “\(source.name)” is looked at every \(every) seconds.",
          "Set `every` between 1 and 86400 seconds."
        )
      }
      for groups in [source.groups ?? []] + (source.folders ?? [:]).values {
        guard !groups.contains(where: { $0.trimmingCharacters(in: .whitespaces).isEmpty }) else {
          throw invalid("A group of source “\(source.name)” has no name.", "Name it or delete it.")
        }
      }
      if let empty = source.folders?.first(where: { $0.value.isEmpty })?.key {
        throw invalid(
          "Folder “\(empty)” of source “\(source.name)” names no groups.",
          "Name the groups that may see it, or delete it."
        )
      }
    }
    guard Set(sources.map(\.name)).count == sources.count else {
      throw invalid("Two sources have the same name.", "Give each source a name of its own.")
    }
    if let name = file.models?.embedder { embedder = name }
    if let choice = file.models?.generator?.choice {
      if case .server(let settings) = choice {
        _ = try check(
          "models.generator.context_tokens",
          settings.contextLength ?? 8192,
          in: 256...10_000_000
        )
        _ = try check(
          "models.generator.timeout_s",
          Int(settings.limits.total.components.seconds),
          in: 1...86_400
        )
      }
      generator = choice
    }
    if let retrieval = file.retrieval {
      if let mode = retrieval.mode {
        guard let known = SearchSettings.Mode(rawValue: mode) else {
          throw invalid(
            "Setting retrieval.mode is “\(mode)”.",
            "Set it to dense, lexical or hybrid."
          )
        }
        search.mode = known
      }
      search.denseWeight = try check(
        "retrieval.dense_weight",
        retrieval.denseWeight ?? search.denseWeight
      )
      search.summaryWeight = try check(
        "retrieval.summary_weight",
        retrieval.summaryWeight ?? search.summaryWeight
      )
      search.candidates = try check(
        "retrieval.candidates",
        retrieval.candidates ?? search.candidates,
        in: 1...10_000
      )
      search.rerank = try check(
        "retrieval.rerank",
        retrieval.rerank ?? search.rerank,
        in: 0...200
      )
      context.passages = try check(
        "retrieval.passages",
        retrieval.passages ?? context.passages,
        in: 1...100
      )
      context.passagesWithNeighbours = try check(
        "retrieval.passages_with_neighbours",
        retrieval.passagesWithNeighbours ?? context.passagesWithNeighbours,
        in: 0...100
      )
      context.neighbours = try check(
        "retrieval.neighbours",
        retrieval.neighbours ?? context.neighbours,
        in: 0...10
      )
      context.tokens = try check(
        "retrieval.context_tokens",
        retrieval.contextTokens ?? context.tokens,
        in: 100...1_000_000
      )
    }
    if let confidence = file.answers?.minimumConfidence {
      answers.minimumConfidence = try check("answers.minimum_confidence", confidence)
    }
    answers.quotes = try check("answers.quotes", file.answers?.quotes ?? answers.quotes, in: 1...10)
    generation.maximumTokens = try check(
      "answers.max_tokens",
      file.answers?.maximumTokens ?? generation.maximumTokens,
      in: 1...100_000
    )
    if let temperature = file.answers?.temperature {
      guard (0...2).contains(temperature) else {
        throw invalid("Setting answers.temperature is \(temperature).", "Set it between 0 and 2.")
      }
      generation.temperature = temperature
    }
    generation.strict = file.answers?.strict ?? generation.strict
    maximumFileMegabytes = try check(
      "limits.max_file_mb",
      file.limits?.maxFileMegabytes ?? maximumFileMegabytes,
      in: 1...16_384
    )
    if let watts = file.costs?.watts {
      guard watts > 0, watts <= 1_000_000 else {
        throw invalid("Setting costs.watts is \(watts).", "Set what the machine draws, in watts.")
      }
      self.watts = watts
    }
    for (name, price) in [
      ("machine_hour", file.costs?.machineHour), ("kilowatt_hour", file.costs?.kilowattHour),
    ] {
      guard let price else { continue }
      guard price >= 0, price <= 1_000_000 else {
        throw invalid("Setting costs.\(name) is \(price).", "Set a price of 0 or more.")
      }
    }
    if file.costs?.machineHour != nil || file.costs?.kilowattHour != nil {
      prices = MachinePrices(
        currency: file.costs?.currency ?? "EUR",
        machineHour: file.costs?.machineHour ?? 0,
        watts: watts,
        kilowattHour: file.costs?.kilowattHour
      )
    }
    advice = try Self.advice(file.advice, invalid: invalid)
  }

  /// Whether a name may stand in a URL's host part.
  public static func isValidSourceName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, name.unicodeScalars.count <= 64 else {
      return false
    }
    func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }
    return isAlphanumeric(first)
      && name.unicodeScalars.allSatisfy { isAlphanumeric($0) || "-_.".unicodeScalars.contains($0) }
  }
}

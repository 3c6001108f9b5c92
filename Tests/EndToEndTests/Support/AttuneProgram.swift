import Foundation
import TestSupport

/// The built program: `$ATTUNE_PROGRAM`, else the release build of the package, else the one beside
/// the tests.
enum AttuneProgram {
  static let url: URL? = {
    if let path = ProcessInfo.processInfo.environment["ATTUNE_PROGRAM"] {
      return URL(fileURLWithPath: path)
    }
    let places = [
      SharedData.packageRoot.appendingPathComponent(".build/release/attune"),
      URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        .appendingPathComponent("attune"),
    ]
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  static let isThere = url != nil

  /// The folder of the embedding model in the user's cache.
  static let modelFolder: URL? = {
    guard isThere else { return nil }
    let here = FileManager.default.temporaryDirectory
    let run = try? Self.run(["models", "list", "--json"], in: here)
    let model = run?.json["installed"].array.first { $0["name"].string == modelName }
    return model?["folder"].string.map { URL(fileURLWithPath: $0, isDirectory: true) }
  }()

  static let hasModel = modelFolder != nil

  /// Whether the answer model is beside the program, or installed.
  static let hasAnswerModel: Bool = {
    guard isThere else { return false }
    let here = FileManager.default.temporaryDirectory
    let run = try? Self.run(["models", "list", "--json"], in: here)
    return run?.json["installed"].array.contains { $0["name"].string == answerModelName } ?? false
  }()

  static let answerModelName = "attune-answer"

  /// The models that a listing says are installed, without the one that comes with the program.
  static func installed(in listing: JSON) -> [JSON] {
    listing["installed"].array.filter { $0["name"].string != answerModelName }
  }

  static let modelName = "all-MiniLM-L6-v2"

  /// The program as the first word of a command.
  ///
  /// - Throws: ``Absent`` where there is no program.
  static func path() throws -> String {
    guard let url else { throw Absent() }
    return url.path
  }

  /// Starts the program and leaves it running.
  static func start(
    _ arguments: [String],
    in directory: URL,
    environment: [String: String?] = [:],
    input: String = "",
    under wrapper: [String] = []
  ) throws -> ChildProcess {
    try ChildProcess(
      wrapper + [try path()] + arguments,
      in: directory,
      environment: environment,
      input: input
    )
  }

  /// Runs the program to its end; the wrapper is a command that runs it in other circumstances, such
  /// as `unshare -n`.
  static func run(
    _ arguments: [String],
    in directory: URL,
    environment: [String: String?] = [:],
    input: String = "",
    under wrapper: [String] = []
  ) throws -> Run {
    try start(arguments, in: directory, environment: environment, input: input, under: wrapper)
      .wait()
  }

  /// There is no program to test.
  struct Absent: Error {}
}

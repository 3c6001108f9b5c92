import Answering
import Foundation
import Synchronization
import Testing

/// Where a server is that somebody else wrote, if there is one.
private enum RealServer {
  static let address = ProcessInfo.processInfo.environment["ATTUNE_TEST_SERVER"]
  static let model = ProcessInfo.processInfo.environment["ATTUNE_TEST_SERVER_MODEL"] ?? "tiny"
}

/// A server that somebody else wrote, started by Scripts/check-openai-server.sh.
@Suite(
  .enabled(if: RealServer.address != nil, "needs ATTUNE_TEST_SERVER: a server's address"),
  .serialized
)
struct RealServerTests {
  private func generator(model: String = RealServer.model, streams: Bool = true) throws
    -> ServerGenerator
  {
    var settings = ServerSettings(baseURL: try #require(RealServer.address), model: model)
    settings.streams = streams
    settings.retries.attempts = 1
    settings.limits.total = .seconds(180)
    return try ServerGenerator(settings)
  }

  private static let request = GenerationRequest(
    messages: [.init(.system, "You tell stories."), .init(.user, "Once upon a time")],
    maximumTokens: 24,
    seed: 1
  )

  @Test(arguments: [true, false])
  func anAnswer(streams: Bool) async throws {
    let pieces = Pieces()
    let result = try await generator(streams: streams).generate(Self.request) { pieces.add($0) }
    #expect(!result.text.isEmpty && pieces.all.joined() == result.text)
    #expect(streams ? pieces.all.count > 1 : pieces.all.count == 1)
    #expect((result.usage?.completionTokens ?? 1) > 0)
    print("streams \(streams): \(result)")
  }

  @Test func anUnknownModelIsSaid() async throws {
    do {
      // Some servers answer whatever model is named.
      _ = try await generator(model: "no-such-model").generate(Self.request)
    } catch let error as GenerationError {
      #expect(!error.remedy.isEmpty)
      print("unknown model: \(error)")
    }
  }

  private final class Pieces: Sendable {
    private let pieces = Mutex<[String]>([])
    var all: [String] { pieces.withLock(\.self) }
    func add(_ piece: String) { pieces.withLock { $0.append(piece) } }
  }
}

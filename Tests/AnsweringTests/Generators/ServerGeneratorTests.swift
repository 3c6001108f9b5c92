import Answering
import Foundation
import Synchronization
import TestSupport
import Testing

/// Whatever a server does, there is an answer or a clear error, and no hang.
@Suite(.timeLimit(.minutes(1))) struct ServerGeneratorTests {
  private static let key = "sk-test-7731"
  private static let request = GenerationRequest(
    messages: [.init(.system, "Be brief."), .init(.user, "Say hello.")],
    maximumTokens: 20,
    seed: 3,
    stop: ["END"]
  )

  /// Waits that were asked for instead of slept.
  private let waits = Waits()

  private final class Texts: Sendable {
    let all = Mutex<[String]>([])
  }

  private final class Waits: Sendable {
    let all = Mutex<[Duration]>([])
  }

  private func generator(
    _ baseURL: String,
    keyVariable: String? = nil,
    streams: Bool = true,
    attempts: Int = 3,
    firstText: Duration = .seconds(20),
    idle: Duration = .seconds(20)
  ) throws -> ServerGenerator {
    var settings = ServerSettings(baseURL: baseURL, model: "tiny", keyVariable: keyVariable)
    settings.streams = streams
    settings.limits = ServerLimits(
      connect: .seconds(5),
      firstText: firstText,
      idle: idle,
      total: .seconds(40),
      responseBytes: 200_000,
      lineBytes: 20_000
    )
    settings.retries = ServerRetries(
      attempts: attempts,
      firstDelay: .seconds(1),
      maximumDelay: .seconds(3),
      maximumRetryAfter: .seconds(30)
    )
    return try ServerGenerator(
      settings,
      environment: ServerEnvironment(
        variable: { $0 == "TEST_KEY" ? Self.key : nil },
        sleep: { [waits] duration in waits.all.withLock { $0.append(duration) } },
        random: { 0.5 },
        now: { Date(timeIntervalSince1970: 1_700_000_000) }
      )
    )
  }

  /// What came of a request: the pieces handed on, and the result or error.
  private struct Outcome {
    var pieces: [String]
    var result: Result<GenerationResult, any Error>
    var requests: [String]

    var error: GenerationError? {
      if case .failure(let error) = result { error as? GenerationError } else { nil }
    }
  }

  private func outcome(
    _ scripts: [ServerScript],
    keyVariable: String? = nil,
    streams: Bool = true,
    attempts: Int = 3,
    firstText: Duration = .seconds(20),
    idle: Duration = .seconds(20)
  ) async throws -> Outcome {
    try await ScriptedServer.with(scripts) { server in
      let generator = try generator(
        server.baseURL,
        keyVariable: keyVariable,
        streams: streams,
        attempts: attempts,
        firstText: firstText,
        idle: idle
      )
      let pieces = Texts()
      let result: Result<GenerationResult, any Error>
      do {
        result = .success(
          try await generator.generate(Self.request) { text in
            pieces.all.withLock { $0.append(text) }
          }
        )
      } catch {
        result = .failure(error)
      }
      return Outcome(
        pieces: pieces.all.withLock(\.self),
        result: result,
        requests: server.requests
      )
    }
  }

  // MARK: Answers

  @Test func aStreamedAnswerArrivesInPieces() async throws {
    let outcome = try await outcome([.answer(["Hel", "lo ", "wörld 🦊"])], keyVariable: "TEST_KEY")
    let result = try outcome.result.get()
    #expect(outcome.pieces.joined() == "Hello wörld 🦊" && result.text == "Hello wörld 🦊")
    #expect(result.finish == .stop)
    #expect(result.usage == .init(promptTokens: 7, completionTokens: 3))
    let request = try #require(outcome.requests.first)
    #expect(request.hasPrefix("POST /v1/chat/completions HTTP/1.1"))
    #expect(request.contains("Bearer \(Self.key)"))
    for part in [
      "\"model\":\"tiny\"", "\"max_tokens\":20", "\"seed\":3", "\"stop\":[\"END\"]",
      "\"stream\":true", "\"include_usage\":true", "\"temperature\":0", "\"role\":\"system\"",
    ] {
      #expect(request.contains(part))
    }
  }

  @Test func aWholeAnswerWillDo() async throws {
    let body =
      "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hello.\"},"
      + "\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}"
    for streams in [true, false] {
      let outcome = try await outcome([.json("200 OK", body)], streams: streams)
      let result = try outcome.result.get()
      #expect(result.text == "Hello." && outcome.pieces == ["Hello."] && result.finish == .length)
      #expect(result.usage == .init(promptTokens: 4, completionTokens: 2))
      #expect(outcome.requests[0].contains("\"stream\":\(streams)"))
    }
  }

  @Test func noContentTypeIsForgiven() async throws {
    var script = ServerScript.answer(["Hi"])
    script.pieces[0] = Array("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".utf8)
    #expect(try await outcome([script]).result.get().text == "Hi")
  }

  @Test func charactersCutInHalfAreWhole() async throws {
    let event = Array(ServerScript.event("é🦊").utf8)
    let head = ServerScript.response(body: []).pieces
    let script = ServerScript(
      pieces: head + event.map { [$0] } + [Array("data: [DONE]\n\n".utf8)]
    )
    let outcome = try await outcome([script])
    #expect(try outcome.result.get().text == "é🦊" && outcome.pieces == ["é🦊"])
  }

  @Test func partsThatAServerDoesNotKnowAreLeftOut() async throws {
    let outcome = try await outcome([
      .json("400 Bad Request", "{\"error\":{\"message\":\"Unknown field: stream_options\"}}"),
      .json("400 Bad Request", "{\"error\":{\"message\":\"Use max_completion_tokens\"}}"),
      .answer(["Hi"]),
    ])
    #expect(try outcome.result.get().text == "Hi")
    #expect(waits.all.withLock(\.self).isEmpty && outcome.requests.count == 3)
    #expect(outcome.requests[2].contains("\"max_completion_tokens\":20"))
    #expect(!outcome.requests[2].contains("stream_options"))
  }

  // MARK: Failures that pass

  @Test func tooManyRequestsThenAnAnswer() async throws {
    let busy = ServerScript.json("429 Too Many Requests", "{}", headers: ["retry-after: 7"])
    let outcome = try await outcome([busy, .json("503 Service Unavailable", "{}"), .answer(["Hi"])])
    #expect(try outcome.result.get().text == "Hi")
    #expect(waits.all.withLock(\.self) == [.seconds(7), .seconds(1.5)])
  }

  @Test func aDateToRetryAfter() async throws {
    let date = "retry-after: Tue, 14 Nov 2023 22:13:29 GMT"
    let busy = ServerScript.json("429 Too Many Requests", "{}", headers: [date])
    #expect(try await outcome([busy, .answer(["Hi"])]).result.get().text == "Hi")
    #expect(waits.all.withLock(\.self) == [.seconds(9)])
  }

  @Test func tooLongAWaitIsRefused() async throws {
    let busy = ServerScript.json("429 Too Many Requests", "{}", headers: ["retry-after: 3600"])
    let outcome = try await outcome([busy, .answer(["Hi"])])
    #expect(outcome.error?.code == .rateLimited && outcome.requests.count == 1)
  }

  @Test func aServerThatKeepsFailing() async throws {
    let outcome = try await outcome([
      .json("500 Internal Server Error", "{\"error\":\"out of\\u0007 memory\"}")
    ])
    let error = try #require(outcome.error)
    #expect(error.code == .serverFailed && error.cause == "status 500: out of memory")
    #expect(outcome.requests.count == 3)
    #expect(waits.all.withLock(\.self) == [.seconds(0.75), .seconds(1.5)])
  }

  @Test func aConnectionCutBeforeAnyTextIsTriedAgain() async throws {
    let cut = ServerScript(pieces: [])
    #expect(try await outcome([cut, .answer(["Hi"])]).result.get().text == "Hi")
    let empty = ServerScript.response(body: [])
    #expect(try await outcome([empty, .answer(["Hi"])]).result.get().text == "Hi")
  }

  // MARK: Failures that stay

  @Test func aStreamCutAfterTextIsNotTriedAgain() async throws {
    let cut = ServerScript.answer(["Hello"], finish: nil, isDone: false)
    let outcome = try await outcome([cut, .answer(["Hello"])])
    #expect(outcome.pieces == ["Hello"] && outcome.error?.code == .interrupted)
    #expect(outcome.requests.count == 1)
  }

  @Test func silenceEnds() async throws {
    let silent = ServerScript(pieces: [], stalls: true)
    let first = try await outcome([silent], firstText: .milliseconds(100))
    #expect(first.error?.code == .timedOut && first.requests.count == 1)
    let halfway = ServerScript.answer(["Hello"], finish: nil, isDone: false, stalls: true)
    let second = try await outcome([halfway], idle: .milliseconds(100))
    #expect(second.error?.code == .timedOut && second.pieces == ["Hello"])
    #expect(second.error?.message.contains("middle") == true)
  }

  @Test func aWrongKeyNamesTheVariableAndHidesTheKey() async throws {
    let body = "{\"error\":{\"message\":\"Incorrect API key provided: \(Self.key)\"}}"
    for status in ["401 Unauthorized", "400 Bad Request", "500 Internal Server Error"] {
      let outcome = try await outcome([.json(status, body)], keyVariable: "TEST_KEY", attempts: 1)
      let error = try #require(outcome.error)
      #expect(!"\(error)".contains(Self.key))
      #expect(error.code != .unauthorized || error.remedy.contains("TEST_KEY"))
    }
  }

  @Test func anUnknownModelListsTheModels() async throws {
    let outcome = try await outcome([
      .json("404 Not Found", "{\"error\":{\"message\":\"no such model\"}}"),
      .json("200 OK", "{\"data\":[{\"id\":\"llama\"},{\"id\":\"qwen\"}]}"),
    ])
    let error = try #require(outcome.error)
    #expect(error.code == .notFound && error.remedy.contains("llama, qwen"))
    #expect(outcome.requests.last?.hasPrefix("GET /v1/models") == true)
    let neither = try await self.outcome([.json("404 Not Found", "")])
    #expect(neither.error?.code == .notFound && neither.requests.count == 2)
  }

  @Test func redirectionsAreNotFollowed() async throws {
    let away = ServerScript.response(
      "307 Temporary Redirect",
      headers: ["location: http://evil.example/v1/chat/completions"],
      body: []
    )
    let outcome = try await outcome([away], keyVariable: "TEST_KEY")
    #expect(outcome.error?.code == .redirected && outcome.requests.count == 1)
    #expect(outcome.error?.cause?.contains("evil.example") == true)
  }

  @Test func tooLongAPromptIsSaid() async throws {
    let body = "{\"error\":{\"message\":\"maximum context length is 512 tokens\"}}"
    #expect(try await outcome([.json("400 Bad Request", body)]).error?.code == .promptTooLong)
  }

  @Test(arguments: [
    ServerScript.response(body: ["data: {\"choices\": [nonsense\n\n"]),
    .response(type: "text/html", body: ["<html>Hello</html>"]),
    .json("200 OK", "{\"choices\":[]}"), .json("200 OK", "[1,2"),
    .response(body: ["data: {\"hello\": 1}\n\n"]),
    ServerScript(pieces: [Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)]),
    .response(body: ["data: {\"error\":{\"message\":\"no memory\"}}\n\n"]),
    .response(body: ["data: " + String(repeating: "x", count: 30_000)], stalls: true),
    .response(
      body: Array(repeating: ServerScript.event(String(repeating: "y", count: 9000)), count: 30)
    ),
    .json("200 OK", "{" + String(repeating: " ", count: 250_000)),
    .response(body: [String(decoding: [0xFF, 0xFE, 0x00] as [UInt8], as: UTF8.self)]),
  ])
  func nonsenseIsAnError(_ script: ServerScript) async throws {
    let outcome = try await outcome([script], attempts: 2)
    let error = try #require(outcome.error)
    #expect(
      [.malformedResponse, .tooLarge, .serverFailed, .interrupted, .unreachable]
        .contains(error.code)
    )
    #expect(!error.remedy.isEmpty && (error.cause?.count ?? 0) <= 250)
  }

  @Test func noServerSaysWhatToStart() async throws {
    let port = try await ScriptedServer.with([]) { $0.port }
    let generator = try generator("http://127.0.0.1:\(port)/v1")
    let error = await #expect(throws: GenerationError.self) {
      try await generator.generate(Self.request)
    }
    #expect(error?.code == .unreachable && error?.remedy.contains("ollama serve") == true)
    #expect(waits.all.withLock(\.self).count == 2)
  }

  @Test func whatTheReaderThrowsEndsIt() async throws {
    struct Enough: Error {}
    try await ScriptedServer.with([.answer(["Hello", " world"])]) { server in
      let generator = try generator(server.baseURL)
      await #expect(throws: Enough.self) {
        try await generator.generate(Self.request) { _ in throw Enough() }
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func cancellingEndsIt() async throws {
    let silent = ServerScript(pieces: [], stalls: true)
    try await ScriptedServer.with([silent]) { server in
      let generator = try generator(server.baseURL)
      let task = Task { try await generator.generate(Self.request) }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  // MARK: Settings

  @Test(arguments: [
    "", "localhost:11434", "ftp://localhost/v1", "http://example.com/v1", "http://10.0.0.7/v1",
    "http://127.evil.example/v1", "http://user:secret@localhost/v1", "http://localhost/v1?x=1",
    "http://localhost.evil.example/v1", "https://", "http://127.0.0.1.nip.example/v1",
  ])
  func addressesThatAreRefused(_ address: String) throws {
    let error = #expect(throws: GenerationError.self) {
      try ServerGenerator(ServerSettings(baseURL: address, model: "m"))
    }
    #expect(error?.code == .invalidSettings && error.map { "\($0)".contains("secret") } == false)
  }

  @Test(arguments: [
    "http://localhost:11434/v1", "http://127.0.0.1:8000", "http://[::1]:8080/v1/",
    "https://api.example.com/v1", "HTTP://LOCALHOST/v1",
  ])
  func addressesThatAreTaken(_ address: String) throws {
    #expect(try ServerGenerator(ServerSettings(baseURL: address, model: "m")).name == "m")
    var settings = ServerSettings(baseURL: "http://10.0.0.7/v1", model: "m")
    settings.allowsPlainHTTP = true
    #expect(throws: Never.self) { try ServerGenerator(settings) }
  }

  @Test func aMissingKeyIsSaidBeforeAnythingIsSent() async throws {
    try await ScriptedServer.with([.answer(["Hi"])]) { server in
      let generator = try generator(server.baseURL, keyVariable: "OTHER_KEY")
      let error = await #expect(throws: GenerationError.self) {
        try await generator.generate(Self.request)
      }
      #expect(error?.code == .missingKey && error?.subject == "OTHER_KEY")
      #expect(server.requests.isEmpty)
    }
  }
}

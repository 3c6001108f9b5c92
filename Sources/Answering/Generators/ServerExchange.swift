import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// One request to a server, with everything that it may take: limits, repetitions, other forms.
struct ServerExchange: Sendable {
  let settings: ServerSettings
  let environment: ServerEnvironment
  let address: ServerAddress
  let key: String?
  let request: GenerationRequest
  let watchdog: Watchdog

  /// What a server may not understand; left out once it has said so.
  struct Form: Sendable {
    var asksForUsage = true
    var namesCompletionTokens = false
  }

  /// A failed attempt, and what may come after it.
  struct Failure: Error {
    var error: GenerationError
    var mayPass = false
    var retryAfter: Duration?
    var otherForm: Form?

    init(
      _ error: GenerationError,
      mayPass: Bool = false,
      retryAfter: Duration? = nil,
      otherForm: Form? = nil
    ) {
      self.error = error
      self.mayPass = mayPass
      self.retryAfter = retryAfter
      self.otherForm = otherForm
    }
  }

  /// Does work under the time limits and gives every failure in the room's form.
  func watched<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    do {
      return try await watchdog.run(work)
    } catch let failure as Failure {
      throw failure.error
    } catch let expired as Watchdog.Expired {
      throw timeOut(expired)
    }
  }

  /// Sends the request, again where that may help, until there is a result.
  func generate(
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> GenerationResult {
    var form = Form()
    var failures = 0
    while true {
      let hasDelivered = Mutex(false)
      do {
        return try await attempt(form) { text in
          hasDelivered.withLock { $0 = true }
          try await onText(text)
        }
      } catch let failure as Failure {
        try Task.checkCancellation()
        if hasDelivered.withLock(\.self) { throw failure }
        if let other = failure.otherForm {
          form = other
          continue
        }
        failures += 1
        guard failure.mayPass, failures < settings.retries.attempts else { throw failure }
        let delay = settings.retries.delay(afterFailures: failures, random: environment.random())
        if let wanted = failure.retryAfter, wanted > settings.retries.maximumRetryAfter {
          throw failure
        }
        watchdog.relax()
        try await environment.sleep(max(delay, failure.retryAfter ?? .zero))
      }
    }
  }

  /// The names of the models that the server offers.
  func models() async throws -> [String] {
    watchdog.expect(.firstText, within: settings.limits.firstText)
    var message = HTTPClientRequest(url: address.models)
    addHeaders(to: &message)
    return try await send(message) { response in
      guard response.status == .ok else {
        throw await failure(for: response, form: nil)
      }
      let body = try await collect(response.body, limit: settings.limits.responseBytes)
      guard let models = try? JSONDecoder().decode(ChatCompletion.Models.self, from: body) else {
        throw Failure(malformed("a list of models that cannot be read"))
      }
      return models.data.map { SafeText.line($0.id, limit: 120, hiding: key) }
    }
  }

  private func attempt(
    _ form: Form,
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> GenerationResult {
    watchdog.expect(.firstText, within: settings.limits.firstText)
    var message = HTTPClientRequest(url: address.completions)
    message.method = .POST
    addHeaders(to: &message)
    message.headers.add(name: "content-type", value: "application/json")
    let accepts = settings.streams ? "text/event-stream, application/json" : "application/json"
    message.headers.add(name: "accept", value: accepts)
    message.body = .bytes([UInt8](try body(form)))
    return try await send(message) { response in
      guard response.status == .ok else { throw await failure(for: response, form: form) }
      do {
        return try await read(response, onText: onText)
      } catch let fault as CompletionReader.Fault {
        throw failure(for: fault)
      }
    }
  }

  private func read(
    _ response: HTTPClientResponse,
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> GenerationResult {
    var reader = try CompletionReader(
      contentType: response.headers.first(name: "content-type"),
      limits: settings.limits
    )
    var pieces = response.body.makeAsyncIterator()
    while !reader.isDone {
      let piece: ByteBuffer?
      do {
        piece = try await pieces.next()
      } catch {
        try Task.checkCancellation()
        throw Failure(interrupted(cause: describe(error)), mayPass: true)
      }
      guard let piece else { break }
      let text = try reader.push(piece.readableBytesView)
      if !text.isEmpty { try await deliver(text, onText) }
    }
    // A cancelled body ends as if it were complete.
    try Task.checkCancellation()
    let (rest, result) = try reader.end()
    if !rest.isEmpty { try await deliver(rest, onText) }
    return result
  }

  /// Hands text on. How long the reader of it takes is not the server's fault.
  private func deliver(
    _ text: String,
    _ onText: @escaping @Sendable (String) async throws -> Void
  ) async throws {
    watchdog.relax()
    try await onText(text)
    watchdog.expect(.nextText, within: settings.limits.idle)
  }

  // MARK: Messages

  private func body(_ form: Form) throws -> Data {
    let body = ChatCompletion.Request(
      model: settings.model,
      messages: request.messages.map { .init(role: $0.role.rawValue, content: $0.content) },
      maxTokens: form.namesCompletionTokens ? nil : request.maximumTokens,
      maxCompletionTokens: form.namesCompletionTokens ? request.maximumTokens : nil,
      temperature: request.temperature,
      topP: request.topP,
      seed: request.seed.map { Int64(truncatingIfNeeded: $0 & 0x7FFF_FFFF) },
      stop: request.stop.isEmpty ? nil : request.stop,
      stream: settings.streams,
      streamOptions: settings.streams && form.asksForUsage ? .init() : nil
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(body)
  }

  private func addHeaders(to message: inout HTTPClientRequest) {
    message.headers.add(name: "user-agent", value: "attune")
    if let key { message.headers.add(name: "authorization", value: "Bearer \(key)") }
  }

  private func send<Result: Sendable>(
    _ message: HTTPClientRequest,
    _ receive: @Sendable (HTTPClientResponse) async throws -> Result
  ) async throws -> Result {
    var configuration = HTTPClient.Configuration()
    configuration.timeout = .init(connect: .init(settings.limits.connect))
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
      let response: HTTPClientResponse
      do {
        response = try await client.execute(message, timeout: .init(settings.limits.total))
      } catch {
        try Task.checkCancellation()
        throw unreachable(error)
      }
      return try await receive(response)
    }
  }

  func collect(_ body: HTTPClientResponse.Body, limit: Int) async throws -> Data {
    var data = Data()
    for try await piece in body {
      data.append(contentsOf: piece.readableBytesView.prefix(limit - data.count))
      if data.count >= limit { break }
    }
    try Task.checkCancellation()
    return data
  }
}

import AsyncHTTPClient
import Foundation
import NIOHTTP1

/// What went wrong, in words that say what to do.
extension ServerExchange {
  private var server: String { address.name }
  private var model: String { SafeText.line(settings.model, limit: 80) }

  /// What a status that is not 200 means. There is no form where models were asked for.
  func failure(for response: HTTPClientResponse, form: Form?) async -> Failure {
    let status = Int(response.status.code)
    let said = await complaint(in: response)
    let cause = "status \(status)" + (said.map { ": \($0)" } ?? "")
    func error(_ code: GenerationError.Code, _ message: String, _ remedy: String) -> GenerationError
    {
      GenerationError(code, message, subject: server, cause: cause, remedy: remedy)
    }
    switch status {
    case 300..<400:
      return Failure(redirected(response))
    case 401, 403:
      // The answer to a wrong key may repeat part of it.
      var refusal = error(.unauthorized, "The server does not accept the key.", keyRemedy)
      refusal.cause = "status \(status)"
      return Failure(refusal)
    case 404:
      return Failure(await notFound(cause: cause, lists: form != nil))
    case 408, 500..<600:
      let refusal = error(
        .serverFailed,
        "The server failed.",
        "Look at the server's own log; it may be out of memory or still loading the model."
      )
      return Failure(refusal, mayPass: true, retryAfter: retryAfter(response))
    case 429:
      let refusal = error(
        .rateLimited,
        "The server gets too many requests.",
        "Wait a while, or raise the limit with whoever runs the server."
      )
      return Failure(refusal, mayPass: true, retryAfter: retryAfter(response))
    default:
      let isLength = said.map(Self.speaksOfLength) ?? false
      let refusal =
        isLength
        ? error(
          .promptTooLong,
          "Prompt and answer do not fit into the model's context.",
          "State the model's context length in the settings, or ask for a shorter answer."
        )
        : error(.refused, "The server refuses the request.", "See what it says, and the settings.")
      return Failure(refusal, otherForm: form.flatMap { otherForm(than: $0, after: said) })
    }
  }

  /// What a response that cannot be read means.
  func failure(for fault: CompletionReader.Fault) -> Failure {
    switch fault {
    case .malformed(let excerpt): return Failure(malformed(excerpt))
    case .reported(let text):
      return Failure(
        GenerationError(
          .serverFailed,
          "The server reports an error instead of an answer.",
          subject: server,
          cause: SafeText.line(text, limit: 200, hiding: key),
          remedy: "Look at the server's own log."
        )
      )
    case .lineTooLong, .tooLarge:
      return Failure(
        GenerationError(
          .tooLarge,
          "The server's response is larger than the limit.",
          subject: server,
          cause:
            "more than \(fault.isLine ? settings.limits.lineBytes : settings.limits.responseBytes)"
            + " bytes in one \(fault.isLine ? "line" : "response")",
          remedy: "Check that the address is that of an OpenAI-compatible server."
        )
      )
    case .cut: return Failure(interrupted(cause: nil), mayPass: true)
    }
  }

  func unreachable(_ error: any Error) -> Failure {
    let cause = describe(error)
    let isTrust = cause.lowercased().contains("certificate") || cause.contains("SSL")
    return Failure(
      GenerationError(
        .unreachable,
        isTrust ? "The server cannot be trusted." : "The server cannot be reached.",
        subject: server,
        cause: cause,
        remedy: isTrust
          ? "Give the server a certificate that this machine trusts."
          : "Start the server, for example with `ollama serve` or `llama-server -m model.gguf`,"
            + " or correct the address in the settings."
      ),
      mayPass: !isTrust
    )
  }

  func interrupted(cause: String?) -> GenerationError {
    GenerationError(
      .interrupted,
      "The response broke off before the answer was complete.",
      subject: server,
      cause: cause,
      remedy: "Ask again; if it happens often, look at the server's own log."
    )
  }

  func malformed(_ excerpt: String) -> GenerationError {
    GenerationError(
      .malformedResponse,
      "The server's response is not that of an OpenAI-compatible server.",
      subject: server,
      cause: SafeText.line(excerpt, limit: 120, hiding: key),
      remedy: "Check that the address ends with the version, as in http://localhost:11434/v1."
    )
  }

  func timeOut(_ expired: Watchdog.Expired) -> GenerationError {
    let (message, remedy) =
      switch expired.wait {
      case .firstText:
        (
          "The server sent no text in time.",
          "It may still be loading the model: ask again, or raise the limit for the first text."
        )
      case .nextText:
        ("The server stopped in the middle of the answer.", "Ask again, or raise the idle limit.")
      case .whole:
        ("The answer took too long.", "Ask for a shorter answer, or raise the limit for the whole.")
      }
    return GenerationError(
      .timedOut,
      message,
      subject: server,
      cause: "limit \(expired.limit / .milliseconds(1)) ms",
      remedy: remedy
    )
  }

  func describe(_ error: any Error) -> String {
    SafeText.line(String(describing: error), limit: 200, hiding: key)
  }

  // MARK: Parts

  private var keyRemedy: String {
    settings.keyVariable.map {
      "Check the key in the environment variable \(SafeText.line($0, limit: 80))."
    } ?? "Name the environment variable that holds the key in the settings."
  }

  /// What the server says, from the first kilobytes of its response.
  private func complaint(in response: HTTPClientResponse) async -> String? {
    guard let body = try? await collect(response.body, limit: 8192), !body.isEmpty else {
      return nil
    }
    struct Wrapped: Decodable { var error: ChatCompletion.Fault }
    let text =
      (try? JSONDecoder().decode(Wrapped.self, from: body))?.error.message
      ?? (try? JSONDecoder().decode(ChatCompletion.Fault.self, from: body))?.message
    // A page of HTML says nothing to a reader.
    guard let text = text ?? Self.plainText(body) else { return nil }
    return SafeText.line(text, limit: 200, hiding: key)
  }

  private static func plainText(_ body: Data) -> String? {
    let text = String(decoding: body.prefix(1000), as: UTF8.self)
    return text.contains("<") || text.contains("{") ? nil : text
  }

  private func redirected(_ response: HTTPClientResponse) -> GenerationError {
    let target = response.headers.first(name: "location")
      .flatMap { URLComponents(string: $0)?.host }
    return GenerationError(
      .redirected,
      "The server points to another address, which is not followed.",
      subject: server,
      cause: "status \(response.status.code)"
        + (target.map { " to \(SafeText.line($0, limit: 80))" } ?? ""),
      remedy: "If that address is right, set it in the settings."
    )
  }

  private func notFound(cause: String, lists: Bool) async -> GenerationError {
    var remedy = "Check the model's name and that the address ends as in http://localhost:11434/v1."
    if lists, let names = try? await models(), !names.isEmpty {
      remedy =
        "The server has: \(names.prefix(10).joined(separator: ", "))\(names.count > 10 ? ", …" : "")."
    }
    return GenerationError(
      .notFound,
      "The server does not have model \(model).",
      subject: server,
      cause: cause,
      remedy: remedy
    )
  }

  private func retryAfter(_ response: HTTPClientResponse) -> Duration? {
    guard let value = response.headers.first(name: "retry-after") else { return nil }
    return RetryAfter.duration(value, now: environment.now())
  }

  private static func speaksOfLength(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.contains("context") && (text.contains("length") || text.contains("exceed"))
  }

  /// Another form of the request, where the server names a part that it does not know.
  private func otherForm(than form: Form, after said: String?) -> Form? {
    guard let said else { return nil }
    if form.asksForUsage, settings.streams, said.contains("stream_options") {
      var other = form
      other.asksForUsage = false
      return other
    }
    if !form.namesCompletionTokens, said.contains("max_completion_tokens") {
      var other = form
      other.namesCompletionTokens = true
      return other
    }
    return nil
  }
}

extension CompletionReader.Fault {
  fileprivate var isLine: Bool {
    if case .lineTooLong = self { true } else { false }
  }
}

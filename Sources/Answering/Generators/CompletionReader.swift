import Foundation

/// Reads a completion, streamed or whole, from bytes that arrive in any pieces.
struct CompletionReader {
  /// Why a response cannot be read on.
  enum Fault: Error {
    case malformed(String)
    /// The server reports an error inside the response.
    case reported(String)
    case lineTooLong
    case tooLarge
    /// It ended before the answer was complete.
    case cut
  }

  private enum Form {
    case unknown, events, whole
  }

  private var form: Form
  private var lines: EventLines
  private var body: [UInt8] = []
  private var received = 0
  private let byteLimit: Int
  private(set) var text = ""
  private var finish: GenerationResult.FinishReason?
  private var usage: GenerationResult.Usage?
  /// Whether the server said that nothing more comes.
  private(set) var isDone = false

  init(contentType: String?, limits: ServerLimits) throws {
    let type = contentType?.lowercased() ?? ""
    if type.isEmpty {
      form = .unknown
    } else if type.contains("event-stream") {
      form = .events
    } else if type.contains("json") {
      form = .whole
    } else {
      throw Fault.malformed("content type \(type)")
    }
    byteLimit = limits.responseBytes
    lines = EventLines(limit: limits.lineBytes)
  }

  /// Takes bytes and gives the text that they bring.
  mutating func push(_ bytes: some Collection<UInt8>) throws -> String {
    received += bytes.count
    guard received <= byteLimit else { throw Fault.tooLarge }
    if form == .unknown, let first = bytes.first(where: { $0 > 0x20 }) {
      form = first == UInt8(ascii: "{") ? .whole : .events
    }
    guard form == .events else {
      body.append(contentsOf: bytes)
      return ""
    }
    let count = text.utf8.count
    do {
      for event in try lines.push(bytes) where !isDone { try read(event) }
    } catch is EventLines.TooLong {
      throw Fault.lineTooLong
    }
    return String(decoding: text.utf8.dropFirst(count), as: UTF8.self)
  }

  /// Ends the response; gives the text that only now is known to be there, and the result.
  mutating func end() throws -> (rest: String, result: GenerationResult) {
    let count = text.utf8.count
    if form == .events {
      if !isDone, let event = try lines.finish() { try read(event) }
      guard isDone || finish != nil else { throw Fault.cut }
    } else {
      guard !body.isEmpty else { throw Fault.cut }
      let response = try decode(body)
      guard let choice = response.choices?.first, let content = choice.message?.content else {
        throw Fault.malformed(Self.excerpt(body))
      }
      text = content
      finish = choice.finishReason.map(ChatCompletion.finishReason)
      usage = response.result
    }
    let rest = String(decoding: text.utf8.dropFirst(count), as: UTF8.self)
    return (rest, GenerationResult(text: text, finish: finish ?? .stop, usage: usage))
  }

  private mutating func read(_ event: [UInt8]) throws {
    if event.elementsEqual("[DONE]".utf8) {
      isDone = true
      return
    }
    let response = try decode(event)
    usage = response.result ?? usage
    guard let choices = response.choices else {
      guard response.usage != nil else { throw Fault.malformed(Self.excerpt(event)) }
      return
    }
    for choice in choices where (choice.index ?? 0) == 0 {
      text += choice.delta?.content ?? choice.message?.content ?? ""
      if let reason = choice.finishReason { finish = ChatCompletion.finishReason(reason) }
    }
  }

  private func decode(_ bytes: [UInt8]) throws -> ChatCompletion.Response {
    let response: ChatCompletion.Response
    do {
      response = try JSONDecoder().decode(ChatCompletion.Response.self, from: Data(bytes))
    } catch {
      throw Fault.malformed(Self.excerpt(bytes))
    }
    if let fault = response.error { throw Fault.reported(fault.message) }
    return response
  }

  private static func excerpt(_ bytes: [UInt8]) -> String {
    SafeText.line(String(decoding: bytes.prefix(200), as: UTF8.self), limit: 80)
  }
}

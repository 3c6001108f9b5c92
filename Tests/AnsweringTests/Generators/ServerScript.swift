import Testing

/// What a scripted server does with one request.
struct ServerScript: Sendable {
  /// Bytes, each flushed on its own.
  var pieces: [[UInt8]]
  /// Whether the connection stays open, silent, after the last piece.
  var stalls = false

  /// A response whose body ends with the connection.
  static func response(
    _ status: String = "200 OK",
    type: String? = "text/event-stream",
    headers: [String] = [],
    body: [String],
    stalls: Bool = false
  ) -> ServerScript {
    let lines =
      ["HTTP/1.1 \(status)", "connection: close"] + (type.map { ["content-type: \($0)"] } ?? [])
      + headers
    let head = lines.joined(separator: "\r\n") + "\r\n\r\n"
    return ServerScript(pieces: [Array(head.utf8)] + body.map { Array($0.utf8) }, stalls: stalls)
  }

  /// A streamed answer, as servers write it.
  static func answer(
    _ texts: [String],
    finish: String? = "stop",
    isDone: Bool = true,
    stalls: Bool = false
  ) -> ServerScript {
    var body = texts.map { event($0) }
    if let finish {
      body.append("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"\(finish)\"}]}\n\n")
      body.append(
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\n"
      )
    }
    if isDone { body.append("data: [DONE]\n\n") }
    return response(body: body, stalls: stalls)
  }

  /// A piece of a streamed answer.
  static func event(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(escaped)\"}}]}\n\n"
  }

  static func json(_ status: String, _ body: String, headers: [String] = []) -> ServerScript {
    response(status, type: "application/json", headers: headers, body: [body])
  }
}

/// A test names a script by its size and beginning; its bytes would fill the log.
extension ServerScript: CustomTestStringConvertible {
  var testDescription: String {
    let bytes = Array(pieces.joined())
    let text = String(decoding: bytes.prefix(120), as: UTF8.self)
    return "\(pieces.count) pieces, \(bytes.count) bytes\(stalls ? ", then silence" : ""): \(text)"
  }
}

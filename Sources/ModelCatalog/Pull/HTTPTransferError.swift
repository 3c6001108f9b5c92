/// Why one attempt to download a file failed.
enum HTTPTransferError: Error {
  case unreachable(String)
  case interrupted(String)
  case status(Int)
  case wrongRange
  case tooLong(Int)

  /// Whether the same request may go better a little later. Where there is no way to the server,
  /// waiting would only hold up the next origin.
  var canRetry: Bool {
    switch self {
    case .interrupted, .wrongRange: true
    case .status(let status): status == 408 || status == 429 || status >= 500
    case .unreachable, .tooLong: false
    }
  }

  var message: String {
    switch self {
    case .unreachable(let reason): "The server cannot be reached (\(reason))."
    case .interrupted(let reason): "The transfer broke off again and again (\(reason))."
    case .status(let status): "The server answered with status \(status)."
    case .wrongRange: "The server does not send the part it was asked for."
    case .tooLong(let size): "The server sends more than the \(size) bytes it may."
    }
  }
}

import Foundation

/// The addresses of an OpenAI-compatible server, checked.
struct ServerAddress: Hashable, Sendable {
  /// Ends without a slash.
  private let base: String
  /// Host and port, for messages.
  let name: String

  /// - Throws: ``GenerationError`` where the address is none, carries a password, or would send data
  ///   in the clear without leave.
  init(_ settings: ServerSettings) throws {
    let text = settings.baseURL.trimmingCharacters(in: .whitespacesAndNewlines)
    func refusal(_ message: String, _ remedy: String) -> GenerationError {
      // A password in the address must not come back in a message.
      let subject = text.contains("@") ? "base URL" : SafeText.line(text, limit: 120)
      return GenerationError(.invalidSettings, message, subject: subject, remedy: remedy)
    }
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty
    else {
      throw refusal(
        "The server's address is not an http or https URL.",
        "Write it as in http://localhost:11434/v1."
      )
    }
    guard parts.user == nil, parts.password == nil else {
      throw refusal(
        "The server's address holds a user name or password.",
        "Name an environment variable that holds the key instead."
      )
    }
    guard parts.query == nil, parts.fragment == nil else {
      throw refusal(
        "The server's address has a query or fragment.",
        "End it with the version, as in http://localhost:11434/v1."
      )
    }
    guard scheme == "https" || settings.allowsPlainHTTP || Self.isLoopback(host) else {
      throw refusal(
        "Plain http to another machine would send questions and passages in the clear.",
        "Use https, or allow plain http in the settings if the network is your own."
      )
    }
    var path = parts.percentEncodedPath
    while path.hasSuffix("/") { path.removeLast() }
    let port = parts.port.map { ":\($0)" } ?? ""
    name = SafeText.line((parts.percentEncodedHost ?? host) + port, limit: 120)
    base = "\(scheme)://\(parts.percentEncodedHost ?? host)\(port)\(path.isEmpty ? "/v1" : path)"
  }

  var completions: String { base + "/chat/completions" }
  var models: String { base + "/models" }

  /// Whether a host is this machine whatever a name server says.
  static func isLoopback(_ host: String) -> Bool {
    let host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
    if host == "localhost" || host == "::1" || host == "0:0:0:0:0:0:0:1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

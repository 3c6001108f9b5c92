/// The address of a web page in one form only, so that two texts for one page are equal and no two
/// programs can take the same text for different hosts.
///
/// The host is in lower case and plain ASCII, an IP address in its usual form; path and query hold nothing
/// but what RFC 3986 allows there, everything else percent-encoded; there is no fragment.
package struct WebURL: Hashable, Sendable {
  package enum Scheme: String, Sendable {
    case http, https

    var defaultPort: Int { self == .http ? 80 : 443 }
  }

  /// Why a text is no address that is fetched.
  package struct Fault: Error, Hashable, Sendable {
    /// Completes “the address …”.
    package let reason: String
  }

  package let scheme: Scheme
  /// IPv6 addresses stand without brackets.
  package let host: String
  package let port: Int
  /// Path and query; begins with `/`.
  package let target: String

  /// Longer addresses are refused.
  static let maximumLength = 8_000

  init(scheme: Scheme, host: String, port: Int, target: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.target = target
  }

  /// Scheme, host and port, which `robots.txt` counts for.
  var origin: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return scheme.rawValue + "://" + name + (port == scheme.defaultPort ? "" : ":\(port)")
  }

  /// The path without the query.
  var path: Substring { target.prefix { $0 != "?" } }

  /// Whether both lead to the same server, over HTTP or HTTPS.
  func isOnSameHost(as other: WebURL) -> Bool {
    let usual = port == scheme.defaultPort && other.port == other.scheme.defaultPort
    return host == other.host && (port == other.port || usual)
  }

  /// Another place on the same server.
  func with(target: String) -> WebURL {
    WebURL(scheme: scheme, host: host, port: port, target: target)
  }
}

extension WebURL: CustomStringConvertible {
  package var description: String { origin + target }
}

// MARK: Paths of documents

extension WebURL {
  /// What the page is called within its source: path and query, readable, `/` for the home page.
  ///
  /// Only what has to be encoded in an address is decoded (spaces, letters beyond ASCII), so that
  /// ``with(documentPath:)`` leads back to the same address.
  package var documentPath: String {
    guard target != "/" else { return target }
    let bytes = Array(target.utf8.dropFirst())
    var result = ""
    var index = 0
    while index < bytes.count {
      if let scalar = Self.escapedScalar(bytes[index...]) {
        result.unicodeScalars.append(scalar)
        index += 3 * UTF8.width(scalar)
      } else {
        result.unicodeScalars.append(Unicode.Scalar(bytes[index]))
        index += 1
      }
    }
    return result
  }

  /// The page with a document path on this server.
  package func with(documentPath path: String) -> WebURL {
    with(target: path == "/" ? path : "/" + Self.normal(path))
  }

  /// The scalar at the beginning of percent-encoded bytes, where it can be shown as it is.
  private static func escapedScalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = escapedByte(bytes) else { return nil }
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let sequence = (0..<length).compactMap { escapedByte(bytes.dropFirst(3 * $0)) }
    guard sequence.count == length, let text = String(validating: sequence, as: UTF8.self),
      let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
    else { return nil }
    if scalar.isASCII { return " \"<>[\\]^`{|}".unicodeScalars.contains(scalar) ? scalar : nil }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return nil
    default: return scalar
    }
  }
}

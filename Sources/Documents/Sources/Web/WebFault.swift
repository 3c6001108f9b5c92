/// Why a page could not be fetched.
package struct WebFault: Error, Hashable, Sendable {
  package enum Reason: Error, Hashable, Sendable {
    /// The host's name leads nowhere.
    case unresolved(String)
    /// The host's name leads to an address that is not spoken to.
    case refused(IPAddress)
    case unreachable(String)
    case timedOut(String)
    case untrusted(String)
    case interrupted(String)
    /// More bytes than allowed, as sent or unpacked.
    case tooLarge(Int)
    /// The site's `robots.txt` asks not to read it.
    case robots
    /// The site's `robots.txt` could not be read, so that nobody knows what may be.
    case robotsUnknown(String)
    /// A redirection that is not followed; the text completes “it is redirected …”.
    case redirected(String)
    /// The page is there no more: 404 or 410.
    case gone(Int)
    case status(Int)
    /// The answer breaks HTTP's rules.
    case malformed(String)

    /// Whether the host itself is in trouble, not the page.
    var isHosts: Bool {
      switch self {
      case .unresolved, .unreachable, .timedOut, .untrusted, .interrupted: true
      case .status(let status): status == 429 || status == 503
      default: false
      }
    }
  }

  package var reason: Reason
  /// What was asked for when it happened: the page itself, or where it led to.
  package var url: WebURL

  /// Whether a page is gone for good.
  var isGone: Bool { if case .gone = reason { true } else { false } }

  /// The same as an error for the user.
  ///
  /// - Parameter subject: The document it is about.
  /// - Returns: The reason and what to do.
  func documentError(_ subject: String) -> DocumentError {
    let (code, message, cause, remedy) = words
    return DocumentError(code, message, subject: subject, cause: cause, remedy: remedy)
  }

  private typealias Words = (DocumentError.Code, String, String?, String)

  private var words: Words {
    switch reason {
    case .unresolved(let cause):
      (
        .inputOutput, "\(url) cannot be reached: nobody knows the host \(url.host)", cause,
        "Check the host's name and the network, then sync again. What is known of it stays."
      )
    case .refused(let address):
      (
        .noPermission,
        url.host == address.description
          ? "\(url) is not asked for: its address is not public"
          : "\(url) is not asked for: \(url.host) leads to \(address), which is not public",
        nil,
        "If it is a server of yours, name its host: allow: [\(url.host)] in attune.yaml, or"
          + " attune add --allow \(url.host)."
      )
    case .unreachable(let cause):
      (
        .inputOutput, "\(url) cannot be reached", cause,
        "Check that the server runs and the network is there, then sync again. What is known stays."
      )
    case .timedOut(let cause):
      (
        .inputOutput, "\(url) did not answer in time", cause,
        "Sync again when the server is less busy. What is known of it stays."
      )
    case .untrusted(let cause):
      (
        .inputOutput, "\(url) cannot be trusted: its certificate is not valid here", cause,
        "Give the server a certificate that this machine trusts for \(url.host)."
      )
    case .interrupted(let cause):
      (
        .inputOutput, "the answer of \(url) broke off", cause,
        "Sync again. What is known of it stays."
      )
    case .tooLarge(let limit):
      (
        .tooLarge, "\(url) is more than the limit of \(limit >> 20) MiB", nil,
        "Leave it out, or raise limits.max_file_mb."
      )
    case .robots:
      (
        .disallowed, "\(url) is not read: the site's robots.txt asks programs not to", nil,
        "Ask whoever runs the site to let the agent “attune” in, or leave the page out."
      )
    case .robotsUnknown(let cause):
      (
        .inputOutput, "\(url) is not read: what the site's robots.txt allows cannot be found out",
        cause, "Sync again when \(url.origin)/robots.txt can be read. What is known stays."
      )
    case .redirected(let how):
      (
        .noPermission, "\(url) is redirected \(how)", nil,
        "Name the address that it leads to as a source of its own, if it should be read."
      )
    case .gone(let status):
      (
        .notFound, "\(url) is not there (status \(status))", nil,
        "Check the address; what was removed on purpose goes from the workspace."
      )
    case .status(let status): refusal(status)
    case .malformed(let cause):
      (
        .malformed, "the answer of \(url) cannot be understood", cause,
        "Look at it in a browser; the server may be set up wrongly."
      )
    }
  }

  private func refusal(_ status: Int) -> Words {
    let cause = "status \(status)"
    return switch status {
    case 401, 403, 407:
      (
        .noPermission, "\(url) does not let Attune in", cause,
        "Only pages that need no login are read. Let it in, or leave the page out."
      )
    case 429, 503:
      (
        .inputOutput, "the server of \(url) asks for patience", cause,
        "Sync again later. What is known of it stays."
      )
    default:
      (
        .inputOutput, "the server fails to give \(url)", cause,
        "Look at the page in a browser, then sync again. What is known of it stays."
      )
    }
  }
}

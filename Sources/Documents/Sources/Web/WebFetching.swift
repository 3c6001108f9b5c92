/// Sends one request to one address and gives the answer; follows nothing.
package protocol WebFetching: Sendable {
  /// - Throws: ``WebFault/Reason``.
  func fetch(_ request: WebRequest) throws(WebFault.Reason) -> WebResponse
}

/// A GET request whose server has been looked up and found good.
package struct WebRequest: Sendable {
  package var url: WebURL
  /// The address to connect to, whatever the host's name leads to by now.
  package var address: IPAddress
  package var headers: [(name: String, value: String)]
  /// The most bytes of a body.
  package var limit: Int

  package init(
    url: WebURL,
    address: IPAddress,
    headers: [(name: String, value: String)],
    limit: Int
  ) {
    self.url = url
    self.address = address
    self.headers = headers
    self.limit = limit
  }
}

/// An answer as it came.
package struct WebResponse: Sendable {
  package var status: Int
  /// By names in lower case; of a header that came twice, the first.
  package var headers: [String: String]
  package var body: [UInt8]

  package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

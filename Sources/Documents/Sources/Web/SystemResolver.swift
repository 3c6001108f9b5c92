#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Asks the operating system for the addresses of a host.
enum SystemResolver {
  /// All addresses of a host, in the order in which they should be tried.
  ///
  /// - Throws: ``WebFault/Reason/unresolved(_:)`` as a reason.
  static func addresses(of host: String) throws(WebFault.Reason) -> [IPAddress] {
    if let address = IPAddress(host) { return [address] }
    var hints = addrinfo()
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, nil, &hints, &list)
    guard status == 0 else { throw .unresolved(String(cString: gai_strerror(status))) }
    defer { freeaddrinfo(list) }
    var result: [IPAddress] = []
    var next = list
    while let entry = next {
      next = entry.pointee.ai_next
      guard let place = entry.pointee.ai_addr, let address = address(place) else { continue }
      if !result.contains(address) { result.append(address) }
    }
    guard !result.isEmpty else { throw .unresolved("it has no address") }
    return result
  }

  private static func address(_ place: UnsafeMutablePointer<sockaddr>) -> IPAddress? {
    switch Int32(place.pointee.sa_family) {
    case AF_INET:
      place.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { IPAddress($0.pointee.sin_addr) }
    case AF_INET6:
      place.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        IPAddress($0.pointee.sin6_addr)
      }
    default: nil
    }
  }
}

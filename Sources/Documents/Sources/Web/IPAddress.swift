#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An address of the Internet Protocol, and how far it reaches.
package struct IPAddress: Hashable, Sendable {
  /// Whom one reaches by it.
  package enum Reach: Sendable {
    /// A server on the public network.
    case everywhere
    /// This machine, its network or one that is not public.
    case local
    /// Nobody in particular: groups, broadcasts, no address at all.
    case nobody
  }

  /// Four or sixteen, in the order of the network.
  let bytes: [UInt8]

  var isV6: Bool { bytes.count == 16 }

  /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else.
  package init?(_ text: String) {
    var v4 = in_addr()
    var v6 = in6_addr()
    if inet_pton(AF_INET, text, &v4) == 1 {
      bytes = withUnsafeBytes(of: &v4) { Array($0) }
    } else if inet_pton(AF_INET6, text, &v6) == 1 {
      bytes = withUnsafeBytes(of: &v6) { Array($0) }
    } else {
      return nil
    }
  }

  init(_ v4: in_addr) { bytes = withUnsafeBytes(of: v4) { Array($0) } }

  init(_ v6: in6_addr) { bytes = withUnsafeBytes(of: v6) { Array($0) } }

  private init(bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  /// As IANA's registries of special addresses say. What is not known to be public is local.
  package var reach: Reach { isV6 ? reachV6 : reachV4 }

  private var reachV4: Reach {
    if Self.nobodyV4.contains(where: contains) { return .nobody }
    return Self.localV4.contains(where: contains) ? .local : .everywhere
  }

  private var reachV6: Reach {
    if bytes.dropLast().allSatisfy({ $0 == 0 }) { return bytes[15] == 1 ? .local : .nobody }
    // Forms that stand for an address of version 4 reach as far as that.
    if Self.holdingV4.contains(where: contains) { return IPAddress(bytes: bytes[12...]).reach }
    if Self.sixToFour.contains(self) { return IPAddress(bytes: bytes[2..<6]).reach }
    if Self.nobodyV6.contains(where: contains) { return .nobody }
    if Self.localV6.contains(where: contains) { return .local }
    return Self.globalV6.contains(self) ? .everywhere : .local
  }

  private func contains(_ block: Block) -> Bool { block.contains(self) }

  /// All addresses that begin with some bits.
  private struct Block: Sendable {
    let start: [UInt8]
    let bits: Int

    /// Written as `10.0.0.0/8`. A block that cannot be read holds every address: nothing passes by
    /// mistake.
    init(_ text: StaticString) {
      let parts = "\(text)".split(separator: "/")
      start = parts.first.flatMap { IPAddress(String($0)) }?.bytes ?? []
      bits = parts.last.flatMap { Int($0) } ?? 0
    }

    func contains(_ address: IPAddress) -> Bool {
      guard !start.isEmpty else { return true }
      guard start.count == address.bytes.count else { return false }
      let whole = bits / 8
      guard start[..<whole] == address.bytes[..<whole] else { return false }
      guard bits % 8 > 0 else { return true }
      return (start[whole] ^ address.bytes[whole]) >> (8 - bits % 8) == 0
    }
  }

  private static let nobodyV4 = [Block("0.0.0.0/8"), Block("224.0.0.0/4"), Block("240.0.0.0/4")]

  private static let localV4 = [
    Block("10.0.0.0/8"), Block("100.64.0.0/10"), Block("127.0.0.0/8"), Block("169.254.0.0/16"),
    Block("172.16.0.0/12"), Block("192.0.0.0/24"), Block("192.0.2.0/24"),
    Block("192.88.99.0/24"), Block("192.168.0.0/16"), Block("198.18.0.0/15"),
    Block("198.51.100.0/24"), Block("203.0.113.0/24"),
  ]

  private static let holdingV4 = [Block("::ffff:0:0/96"), Block("64:ff9b::/96"), Block("::/96")]

  private static let sixToFour = Block("2002::/16")

  /// Groups, and tunnels whose far end nobody can tell.
  private static let nobodyV6 = [Block("ff00::/8"), Block("2001::/32")]

  private static let localV6 = [
    Block("2001::/23"), Block("2001:db8::/32"), Block("3fff::/20"), Block("fc00::/7"),
    Block("fe80::/10"), Block("fec0::/10"),
  ]

  private static let globalV6 = Block("2000::/3")
}

extension IPAddress: CustomStringConvertible {
  package var description: String {
    var text = [CChar](repeating: 0, count: 64)
    let family = isV6 ? AF_INET6 : AF_INET
    bytes.withUnsafeBytes { _ = inet_ntop(family, $0.baseAddress, &text, socklen_t(text.count)) }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

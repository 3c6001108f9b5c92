/// What a site's `robots.txt` lets programs read (RFC 9309).
package struct RobotsRules: Sendable {
  private struct Rule: Sendable {
    var allows: Bool
    var pattern: [UInt8]
  }

  /// How much of the file is read, as the standard asks for at least.
  static let maximumBytes = 500 << 10
  /// The name by which Attune is known to sites.
  static let agent = "attune"

  private var rules: [Rule] = []

  /// Everything may be read.
  static let everything = RobotsRules()

  private init() {}

  /// Reads the rules for Attune: those of the groups that name it, else those for everybody (`*`).
  package init(_ file: [UInt8]) {
    var own: [Rule]?
    var general: [Rule] = []
    var isOwn = false
    var isGeneral = false
    var namesGroup = false
    var bytes = file.prefix(Self.maximumBytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let content = line.prefix { $0 != UInt8(ascii: "#") }
      guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let key = content[..<colon].trimmingWhitespace().string.lowercased()
      let value = content[content.index(after: colon)...].trimmingWhitespace()
      switch key {
      case "user-agent":
        if !namesGroup { (isOwn, isGeneral) = (false, false) }
        namesGroup = true
        if value.elementsEqual("*".utf8) {
          isGeneral = true
        } else if Self.product(value) == Self.agent {
          isOwn = true
          own = own ?? []
        }
      case "allow", "disallow":
        namesGroup = false
        guard !value.isEmpty else { continue }
        let rule = Rule(
          allows: key == "allow",
          pattern: Array(WebURL.normal(value.string).utf8)
        )
        if isOwn { own?.append(rule) }
        if isGeneral { general.append(rule) }
      default: continue
      }
    }
    rules = own ?? general
  }

  /// Whether a path with its query may be read. The longest rule that matches decides; of two that are
  /// equally long, the one that allows.
  package func allow(_ target: String) -> Bool {
    if target == "/robots.txt" { return true }
    let bytes = Array(target.utf8)
    var best: (length: Int, allows: Bool)?
    for rule in rules where Self.matches(rule.pattern, bytes) {
      let length = rule.pattern.count
      if length > best?.length ?? -1 || (length == best?.length && rule.allows) {
        best = (length, rule.allows)
      }
    }
    return best?.allows ?? true
  }

  /// The name in front of a version: `Attune/1.0` is `attune`.
  private static func product(_ value: ArraySlice<UInt8>) -> String {
    value.prefix { $0.isLetter || "-_".utf8.contains($0) }.string.lowercased()
  }

  /// Whether a path begins with a pattern, in which `*` stands for anything, and `$` at its end for the
  /// end of the path. Goes back to the last `*` alone, so that no pattern takes long.
  private static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
    let star = UInt8(ascii: "*")
    let isAnchored = pattern.last == UInt8(ascii: "$")
    // What need not reach the end may be followed by anything.
    let pattern = isAnchored ? Array(pattern.dropLast()) : pattern + [star]
    var place = 0
    var position = 0
    var retry: (place: Int, position: Int)?
    while position < path.count {
      if place < pattern.count, pattern[place] == star {
        place += 1
        retry = (place, position)
        if place == pattern.count { return true }
      } else if place < pattern.count, pattern[place] == path[position] {
        place += 1
        position += 1
      } else if let last = retry {
        retry = (last.place, last.position + 1)
        (place, position) = (last.place, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == star }
  }
}

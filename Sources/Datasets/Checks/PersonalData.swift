/// A piece of personal data, or a secret, in a text.
public struct PersonalData: Sendable, Hashable, Codable {
  /// What it is.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case email
    case phone
    case card
    case iban
    /// A number by which a state knows a person.
    case nationalID
    case ipAddress
    /// A key, token or password for a service.
    case secret
  }

  /// What it is.
  public var kind: Kind
  /// What it is more exactly, such as `Visa` or `UK NINO`.
  public var name: String
  /// Where it stands, in UTF-8 bytes of the text.
  public var range: Range<Int>
  /// The text itself. Never shown in a report: ``masked`` is.
  public var text: String

  /// The text with all but its ends masked.
  public var masked: String {
    let shown = text.count >= 8 ? 2 : 1
    return "\(text.prefix(shown))…\(text.suffix(shown))"
  }

  /// Everything found in a text, in the order of places.
  ///
  /// Numbers count where their check digits and issuers or dates are right, or, where a number has no
  /// check digit, by its written form or a word before it that says what it is. Addresses and numbers
  /// that are kept free for examples (example.com, 555-01xx, 192.0.2.x) do not count.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  public static func find(in text: String) -> [PersonalData] {
    let bytes = Array(text.utf8)
    var found = SecretFinder.find(bytes)
    func add(_ more: [PersonalData]) {
      found += more.filter { new in !found.contains { $0.range.overlaps(new.range) } }
    }
    add(AddressFinder.emails(bytes))
    add(LetteredNumberFinder.find(bytes))
    add(DigitRunFinder.find(bytes))
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  init(_ kind: Kind, _ name: String, _ range: Range<Int>, _ bytes: [UInt8]) {
    self.kind = kind
    self.name = name
    self.range = range
    text = String(decoding: bytes[range], as: UTF8.self)
  }
}

/// Finds cards, identity numbers, telephone numbers and internet addresses among runs of digits.
enum DigitRunFinder {
  /// The personal data among the digits of a text.
  static func find(_ bytes: [UInt8]) -> [PersonalData] {
    DigitRun.runs(bytes).flatMap { find(in: $0, bytes) }
  }

  /// Looks at every stretch of groups of a run, the longest first, as a number may follow another.
  private static func find(in run: DigitRun, _ bytes: [UInt8]) -> [PersonalData] {
    var found: [PersonalData] = []
    var start = 0
    while start < run.groups.count {
      var next = start + 1
      for end in (start...min(start + 7, run.groups.count - 1)).reversed() {
        let part = run.part(start..<(end + 1))
        let isAlone = isAlone(part, in: run, from: start, through: end)
        guard let (kind, name) = kind(of: part, isAlone: isAlone) else { continue }
        found.append(PersonalData(kind, name, part.range, bytes))
        next = end + 1
        break
      }
      start = next
    }
    return found
  }

  /// Whether the digits before and after are told apart from the part, by another separator than those
  /// within it, so that it is not a piece of a longer number.
  private static func isAlone(
    _ part: DigitRun,
    in run: DigitRun,
    from start: Int,
    through end: Int
  ) -> Bool {
    // Nobody writes a long number in pieces of nine digits and more.
    if part.groups.count == 1, part.digits.count >= 9 { return true }
    let inner = Set(part.inner)
    let before =
      start == 0 || part.hasPlus || !inner.isEmpty && !inner.contains(run.separators[start])
    let isLast = end + 1 == run.groups.count
    return before && (isLast || !inner.isEmpty && !inner.contains(run.separators[end + 1]))
  }

  private static func kind(
    of part: DigitRun,
    isAlone: Bool
  ) -> (PersonalData.Kind, String)? {
    let count = part.digits.count
    guard count >= 4, count <= 19, Set(part.digits).count > 1 || count < 7 else { return nil }
    if let issuer = CardNumber.issuer(of: part) { return (.card, issuer) }
    guard isAlone || part.hasPlus else { return nil }
    if let name = NationalID.name(of: part) { return (.nationalID, name) }
    if PhoneNumber.isPhone(part) { return (.phone, "telephone number") }
    if isAddress(part) { return (.ipAddress, "IPv4 address") }
    return nil
  }

  /// Whether it is a public internet address: version numbers, private nets and nets kept free for
  /// examples (RFC 5737) are none.
  private static func isAddress(_ part: DigitRun) -> Bool {
    guard part.groups.count == 4, part.isUniform(["."]), part.layout.allSatisfy({ $0 <= 3 }),
      part.groups.allSatisfy({ $0.digits.count == 1 || $0.digits[0] != 0 })
    else { return false }
    let values = part.groups.map { DigitRun.value($0.digits) }
    guard values.allSatisfy({ $0 <= 255 }), values[0] > 0, values[0] < 224,
      values.contains(where: { $0 > 31 }), !part.hasContext(["version", "release", "section", "v"])
    else { return false }
    switch (values[0], values[1], values[2]) {
    case (10, _, _), (127, _, _), (192, 168, _), (192, 0, 2), (198, 51, 100), (203, 0, 113),
      (169, 254, _):
      return false
    case (172, 16...31, _): return false
    case (8, 8, 8), (1, 1, 1), (8, 8, 4), (9, 9, 9): return false  // Public name servers.
    default: return true
    }
  }
}

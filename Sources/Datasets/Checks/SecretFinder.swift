/// Finds keys and tokens by the beginnings that their services give them.
enum SecretFinder {
  /// A key's beginning, and how many characters follow it.
  private struct Form {
    var name: String
    var start: [UInt8]
    var least: Int
    var most: Int

    init(_ name: String, _ start: String, _ least: Int, _ most: Int) {
      self.name = name
      self.start = Array(start.utf8)
      self.least = least
      self.most = most
    }
  }

  private static let forms = [
    Form("AWS access key", "AKIA", 16, 16),
    Form("AWS access key", "ASIA", 16, 16),
    Form("GitHub token", "ghp_", 36, 36),
    Form("GitHub token", "gho_", 36, 36),
    Form("GitHub token", "ghs_", 36, 36),
    Form("GitHub token", "github_pat_", 40, 100),
    Form("GitLab token", "glpat-", 20, 60),
    Form("Slack token", "xoxb-", 20, 100),
    Form("Slack token", "xoxp-", 20, 100),
    Form("Stripe key", "sk_live_", 20, 120),
    Form("Stripe key", "rk_live_", 20, 120),
    Form("Google API key", "AIza", 35, 35),
    Form("Hugging Face token", "hf_", 30, 40),
    Form("OpenAI key", "sk-proj-", 20, 200),
    Form("Anthropic key", "sk-ant-", 20, 200),
    Form("OpenAI key", "sk-", 32, 64),
    Form("signed token", "eyJ", 60, 4096),
  ]

  private static let privateKey = Array("-----BEGIN ".utf8)
  private static let firstBytes = Set(forms.map { $0.start[0] })

  /// The secrets of a text.
  static func find(_ bytes: [UInt8]) -> [PersonalData] {
    var found: [PersonalData] = []
    var index = 0
    while index < bytes.count {
      if let secret = secret(bytes, at: index) {
        found.append(secret)
        index = secret.range.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  private static func secret(_ bytes: [UInt8], at start: Int) -> PersonalData? {
    if bytes[start] == 0x2D, bytes[start...].starts(with: privateKey) {
      let line = bytes[start...].prefix(80).prefix { $0 != 0x0A }
      guard String(decoding: line, as: UTF8.self).contains("PRIVATE KEY") else { return nil }
      return PersonalData(.secret, "private key", line.indices, bytes)
    }
    guard firstBytes.contains(bytes[start]), start == 0 || !ASCIIText.isWord(bytes[start - 1])
    else { return nil }
    for form in forms where bytes[start...].starts(with: form.start) {
      let body = bytes[(start + form.start.count)...].prefix(form.most + 1)
        .prefix { ASCIIText.isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E }
      guard body.count >= form.least, body.count <= form.most, isRandom(body) else { continue }
      if form.start.starts(with: Array("eyJ".utf8)), body.count(where: { $0 == 0x2E }) != 2 {
        continue
      }
      return PersonalData(.secret, form.name, start..<body.endIndex, bytes)
    }
    return nil
  }

  /// Placeholders such as `sk-xxxxxxxx` or `sk-your-key-here` repeat letters or have no digit.
  private static func isRandom(_ body: ArraySlice<UInt8>) -> Bool {
    Set(body).count >= 8 && body.contains(where: ASCIIText.isDigit)
      && body.contains(where: ASCIIText.isLetter)
  }
}

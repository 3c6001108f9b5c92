import Foundation

/// Takes links and markup out of a sentence unless a passage holds them.
enum LinkFilter {
  /// A sentence without foreign links, and what was taken out.
  struct Result: Equatable {
    var text: String
    var removed: [String]
  }

  /// Takes out what is foreign; `isHeld` says whether a passage holds a text to the letter.
  static func filtered(_ text: String, isHeld: (String) -> Bool) -> Result {
    var result = Result(text: text, removed: [])
    // Repetitions that give nothing back, so that hostile text costs no time.
    // A link written in Markdown, or an image: its words stay, its address goes.
    result.replace(#/!?\[([^\[\]]*+)\]\s?\(\s*+([^()\s]*+)[^()]*+\)/#) { match in
      let address = match.2.trimmingCharacters(in: CharacterSet(charactersIn: "<>"))
      return isHeld(address) ? nil : (String(match.1), address)
    }
    result.replace(#/<[a-zA-Z\/!?][^<>]*+>?/#) { match in
      let tag = String(match.0)
      return isHeld(tag) ? nil : ("", tag)
    }
    result.replace(
      #/(?i)\b(?:[a-z][a-z0-9+.\-]{1,20}:\/\/|www\.|mailto:|javascript:|data:[a-z]+\/)[^\s<>"'”»)\]}]*/#
    ) { match in
      let whole = String(match.0)
      let address = whole.trimmingCharacters(in: CharacterSet(charactersIn: ".,;:!?"))
      return isHeld(address) ? nil : (String(whole.dropFirst(address.count)), address)
    }
    // An address without a scheme: parts with dots between, the last of them one that addresses end on.
    result.replace(
      #/(?i)\b(?:[a-z0-9._+\-]++@)?[a-z0-9\-]++(?:\.[a-z0-9\-]++)++(?:\/[^\s<>"')\]}]*+)?/#
    ) { match in
      let whole = String(match.0)
      guard looksLikeAddress(whole), !isHeld(whole) else { return nil }
      return ("", whole)
    }
    if !result.removed.isEmpty { result.tidy() }
    return result
  }

  /// Abbreviations, file names, numbers and sentences without a blank between have dots too.
  private static func looksLikeAddress(_ text: String) -> Bool {
    if text.contains("@") { return true }
    let host = text.prefix { $0 != "/" }
    guard let last = host.split(separator: ".").last else { return false }
    return endings.contains(last.lowercased())
      && (last.allSatisfy(\.isLowercase) || host.allSatisfy { !$0.isLowercase })
  }

  /// The commonest last parts of addresses.
  private static let endings: Set<String> = [
    "ai", "app", "at", "au", "be", "biz", "br", "ca", "cc", "ch", "click", "cloud", "cn", "co",
    "com",
    "de", "dev", "dk", "edu", "es", "eu", "example", "fi", "fr", "gg", "gl", "gov", "info",
    "invalid",
    "io", "ir", "it", "jp", "kr", "link", "live", "local", "localhost", "ly", "me", "mx", "net",
    "nl",
    "no", "nu", "online", "onion", "org", "pl", "pro", "pt", "ru", "se", "sh", "shop", "site",
    "store",
    "tech", "test", "tk", "to", "top", "tv", "ua", "uk", "us", "website", "xyz", "za",
  ]
}

extension LinkFilter.Result {
  /// Puts something else in the place of each match; nil leaves it as it is.
  fileprivate mutating func replace<Output>(
    _ pattern: Regex<Output>,
    by replacement: (Regex<Output>.Match) -> (text: String, removed: String)?
  ) {
    var output = ""
    var position = text.startIndex
    for match in text.matches(of: pattern) {
      guard let (new, gone) = replacement(match) else { continue }
      output += text[position..<match.range.lowerBound]
      output += new
      position = match.range.upperBound
      removed.append(SafeText.line(gone, limit: 200))
    }
    guard position > text.startIndex else { return }
    text = output + text[position...]
  }

  /// Takes out the empty brackets and double blanks that are left.
  fileprivate mutating func tidy() {
    text = text.replacing(#/\(\s*\)|\[\s*\]/#, with: "")
      .replacing(#/[ \t]{2,}/#, with: " ")
      .replacing(#/ +([.,;:!?])/#) { String($0.1) }
      .trimmingCharacters(in: .whitespaces)
  }
}

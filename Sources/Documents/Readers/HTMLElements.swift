/// Which HTML elements mean what.
enum HTMLElements {
  /// Elements that do not end a paragraph.
  static let inline: Set<String> = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "meter", "output", "progress", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr", "input", "meta", "link", "br", "title",
  ]

  /// Elements whose content is not text for readers.
  static let unread: Set<String> = [
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "canvas", "audio",
    "video", "map",
  ]

  /// Names of `<meta>` that are kept.
  static let metadata: Set<String> = [
    "author", "description", "keywords", "date", "article:published_time",
    "article:modified_time", "language", "generator", "og:site_name", "og:title",
  ]

  static func headingLevel(_ name: String) -> Int? {
    switch name {
    case "h1": 1
    case "h2": 2
    case "h3": 3
    case "h4": 4
    case "h5": 5
    case "h6": 6
    default: nil
    }
  }
}

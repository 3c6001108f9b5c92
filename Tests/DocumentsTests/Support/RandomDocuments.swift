import Documents
import TestSupport

/// Random files of every format that has a reader.
enum RandomDocuments {
  static let formats = ["md", "txt", "html", "csv", "tsv", "json", "jsonl"]

  /// One document of each format.
  static func all(using random: inout SplitMix64) throws -> [ExtractedDocument] {
    try formats.map { format in
      try extract(text(format, using: &random), as: "folder/random.\(format)")
    }
  }

  static func text(_ format: String, using random: inout SplitMix64) -> String {
    let count = Int.random(in: 1...30, using: &random)
    switch format {
    case "md":
      return (0..<count).map { _ in markdownBlock(&random) }.joined(separator: "\n\n") + "\n\nEnd."
    case "html":
      return "<html><body>" + (0..<count).map { _ in htmlBlock(&random) }.joined() + "<p>End"
    case "csv", "tsv":
      let separator = format == "csv" ? "," : "\t"
      return (0...count).map { _ in
        (0..<Int.random(in: 1...6, using: &random)).map { _ in
          let cell = words(&random, upTo: 30)
          return Bool.random(using: &random) ? "\"\(cell)\"" : cell
        }.joined(separator: separator)
      }.joined(separator: "\n") + "\nEnd"
    case "json", "yaml": return json(&random, depth: 4)
    case "jsonl":
      return (0...count).map { _ in json(&random, depth: 2) }.joined(separator: "\n")
    default:
      return (0..<count).map { _ in words(&random, upTo: 200) }.joined(separator: "\n\n")
        + "\n\nEnd"
    }
  }

  private static let vocabulary = [
    "tide", "gauge", "Port", "of", "Aldermouth.", "EUR", "3,480", "Dr.", "Größe", "漢字。", "a|b",
    "*bold*", "`code`", "_x_", "[link](u)", "<b>", "&amp;", "e\u{301}\u{301}", "👩‍👩‍👧", "…", "!", "No.",
    "5:", "\u{1B}[31m", "Donaudampfschifffahrtsgesellschaftskapitän",
    "https://veldmark.example/a?b=c",
  ]

  static func words(_ random: inout SplitMix64, upTo limit: Int) -> String {
    (0..<Int.random(in: 1...limit, using: &random)).map { _ in
      Int.random(in: 0..<200, using: &random) == 0
        ? String(repeating: "z", count: Int.random(in: 1...3000, using: &random))
        : vocabulary[Int.random(in: 0..<vocabulary.count, using: &random)]
    }.joined(separator: " ")
  }

  private static func markdownBlock(_ random: inout SplitMix64) -> String {
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      String(repeating: "#", count: Int.random(in: 1...6, using: &random)) + " "
        + words(&random, upTo: 12)
    case 1: "- " + words(&random, upTo: 40) + "\n- " + words(&random, upTo: 10)
    case 2: "```\n" + words(&random, upTo: 100) + "\n```"
    case 3: "| a | b |\n|---|---|\n| " + words(&random, upTo: 20) + " | x |"
    case 4: "1. " + words(&random, upTo: 30)
    default: words(&random, upTo: 300)
    }
  }

  private static func htmlBlock(_ random: inout SplitMix64) -> String {
    let content = words(&random, upTo: 60)
    return switch Int.random(in: 0..<6, using: &random) {
    case 0: "<h\(Int.random(in: 1...6, using: &random))>\(content)</h2>"
    case 1: "<ul><li>\(content)<li>x</ul>"
    case 2: "<table><tr><th>a<th>b<tr><td>\(content)<td>y</table>"
    case 3: "<pre>\(content)</pre>"
    case 4: "<div>\(content)<div>"
    default: "<p>\(content)"
    }
  }

  private static func json(_ random: inout SplitMix64, depth: Int) -> String {
    let kind =
      depth == 0 ? Int.random(in: 2..<5, using: &random) : Int.random(in: 0..<5, using: &random)
    func string(_ random: inout SplitMix64) -> String {
      "\"" + words(&random, upTo: 30).replacing("\u{1B}", with: "\\u001b") + "\""
    }
    switch kind {
    case 0:
      return "{"
        + (0..<Int.random(in: 0...4, using: &random)).map { _ in
          string(&random) + ":" + json(&random, depth: depth - 1)
        }.joined(separator: ",") + "}"
    case 1:
      return "["
        + (0..<Int.random(in: 0...4, using: &random)).map { _ in
          json(&random, depth: depth - 1)
        }.joined(separator: ",") + "]"
    case 2: return "\(Int.random(in: -1000...1000, using: &random)).50"
    case 3: return "null"
    default: return string(&random)
    }
  }
}

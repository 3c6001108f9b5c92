import ArgumentParser
import Foundation
import Knowledge

/// Which documents may be found.
struct FilterOptions: ParsableArguments {
  @Option(name: .customLong("source"), help: "Only this source; may be given more than once.")
  var sources: [String] = []

  @Option(
    name: .customLong("path"),
    help: "Only paths like this, with * and ?; may be given more than once."
  )
  var paths: [String] = []

  @Option(
    name: .customLong("type"),
    help: "Only this media type (text/markdown, text, …); may be given more than once."
  )
  var types: [String] = []

  @Option(help: "Only documents modified on or after this day (YYYY-MM-DD).")
  var after: String?

  @Option(help: "Only documents modified before this day (YYYY-MM-DD).")
  var before: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only documents with this metadata; may be given more than once.",
      valueName: "name=value"
    )
  )
  var metadata: [String] = []

  func filter() throws -> SearchFilter {
    var pairs: [String: String] = [:]
    for pair in metadata {
      guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex else {
        throw ValidationError("“--where \(pair)” is not of the form name=value.")
      }
      pairs[pair[..<equals].lowercased()] = String(pair[pair.index(after: equals)...])
    }
    return SearchFilter(
      sources: sources,
      paths: paths,
      mediaTypes: types,
      modifiedAfter: try day(after, "--after"),
      modifiedBefore: try day(before, "--before"),
      metadata: pairs
    )
  }

  private func day(_ text: String?, _ option: String) throws -> Double? {
    guard let text else { return nil }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd"
    formatter.isLenient = false
    guard let date = formatter.date(from: text) else {
      throw ValidationError("“\(option) \(text)” is not a day like 2025-03-31.")
    }
    return date.timeIntervalSince1970
  }
}

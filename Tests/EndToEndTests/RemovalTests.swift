import Foundation
import TestSupport
import Testing

/// Removal is removal: what stood only in a removed place is in no byte of the workspace, though it
/// was searched for, quoted in answers and kept in traces before.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(if: Tool.hasPython, "needs python3")
)
struct RemovalTests {
  /// Where a planted string stands.
  private enum Place: CaseIterable {
    case prose, heading, title, metadata, plainText, htmlText, htmlTitle, csvCell, csvColumn
    case jsonValue, jsonName, jsonLine, fileName, folderName, failedFile
  }

  /// Strings that occur nowhere else, ten letters each.
  private struct Plants {
    private var random = SplitMix64(seed: 20_310_402)
    private(set) var all: [String] = []

    mutating func next() -> String {
      let letters = Array("bcdfghjklmnpqrstvwxz")
      let word = "q" + String((0..<9).compactMap { _ in letters.randomElement(using: &random) })
      all.append(word)
      return word
    }
  }

  /// A file with one planted string, the question that its text answers, and the text without it.
  private struct Planted {
    var path: String
    var text: String
    var edited: String
    var question: String
  }

  private func plant(_ word: String, in place: Place, number: Int, folder: String) -> Planted {
    let kept = "Crate \(number) stays where it is."
    let said = "The code of crate \(number) is \(word)."
    var planted = Planted(
      path: "\(folder)/crate-\(number)",
      text: said,
      edited: kept,
      question: "What is the code of crate \(number)?"
    )
    func file(_ ending: String, _ text: String, _ edited: String) {
      planted.path += ending
      planted.text = text
      planted.edited = edited
    }
    switch place {
    case .prose: file(".md", "# Crate \(number)\n\n\(said)\n", "# Crate \(number)\n\n\(kept)\n")
    case .heading:
      file(".md", "# Crate \(number)\n\n## \(word)\n\n\(kept)\n", "# Crate \(number)\n\n\(kept)\n")
    case .title: file(".md", "# \(word) \(number)\n\n\(kept)\n", "# Crate \(number)\n\n\(kept)\n")
    case .metadata:
      file(".md", "---\ncode: \(word)\n---\n\(kept)\n", "---\ncode: none\n---\n\(kept)\n")
    case .plainText: file(".txt", said + "\n", kept + "\n")
    case .htmlText:
      file(
        ".html",
        "<html><body><p>\(said)</p></body></html>",
        "<html><body><p>\(kept)</p></body></html>"
      )
    case .htmlTitle:
      file(
        ".html",
        "<html><title>\(word)</title><p>\(kept)</p></html>",
        "<html><title>Crate</title><p>\(kept)</p></html>"
      )
    case .csvCell: file(".csv", "crate,code\n\(number),\(word)\n", "crate,code\n\(number),none\n")
    case .csvColumn: file(".csv", "crate,\(word)\n\(number),5\n", "crate,code\n\(number),5\n")
    case .jsonValue:
      file(
        ".json",
        "{\"crate\": \(number), \"code\": \"\(word)\"}",
        "{\"crate\": \(number), \"code\": 0}"
      )
    case .jsonName:
      file(".json", "{\"crate\": \(number), \"\(word)\": 1}", "{\"crate\": \(number)}")
    case .jsonLine:
      file(
        ".jsonl",
        "{\"crate\": \(number), \"code\": \"\(word)\"}\n",
        "{\"crate\": \(number)}\n"
      )
    // An edit cannot take a name away: these are renamed, by being written under another name.
    case .fileName: planted.path = "\(folder)/\(word).txt"
    case .folderName: planted.path = "\(folder)/\(word)/crate-\(number).txt"
    case .failedFile: planted.path = "\(folder)/\(word).json"
    }
    return planted
  }

  @Test("two hundred planted strings, removed in three ways and from a table, are in no file")
  func removalIsRemoval() throws {
    var plants = Plants()
    let workspace = try TestWorkspace()
    let removedSource = plants.next()
    try workspace.write("The keel is of oak. The mast is of spruce.\n", to: "kept/keel.txt")
    var removed: [Planted] = []
    var deleted: [Planted] = []
    var edited: [Planted] = []
    for number in 0..<50 {
      let place = Place.allCases[number % Place.allCases.count]
      let other = 100 + number
      removed.append(plant(plants.next(), in: place, number: number, folder: removedSource))
      deleted.append(plant(plants.next(), in: place, number: other, folder: "files"))
      edited.append(plant(plants.next(), in: place, number: 200 + number, folder: "files"))
    }
    for planted in removed + deleted + edited {
      try workspace.write(planted.text, to: planted.path)
    }

    // Rows that go one by one, a table that goes whole, and a cell that is overwritten.
    let database = workspace.data.appendingPathComponent("stock.sqlite")
    let rows = (0..<41).map { "(\($0), '\(plants.next())', 'The hold has shelf \($0).')" }
    let table = plants.next()
    let column = plants.next()
    try Tool.sql(
      """
      CREATE TABLE crates (id INTEGER PRIMARY KEY, code TEXT, note TEXT);
      INSERT INTO crates VALUES \(rows.joined(separator: ", "));
      INSERT INTO crates VALUES (900, 'plain', 'stays');
      CREATE TABLE \(table) (id INTEGER PRIMARY KEY, \(column) TEXT);
      INSERT INTO \(table) VALUES (1, '\(plants.next())'), (2, '\(plants.next())'), (3, '\(plants.next())');
      CREATE TABLE labels (id INTEGER PRIMARY KEY, text TEXT);
      INSERT INTO labels VALUES (1, '\(plants.next())'), (2, '\(plants.next())'), (3, '\(plants.next())');
      """,
      on: database
    )
    #expect(plants.all.count == 200)
    let places = ["kept", removedSource, "files", "stock.sqlite"].map {
      workspace.data.path + "/" + $0
    }
    let added = try AttuneProgram.run(["add"] + places, in: workspace.root)
    #expect(added.status == 1, "files that are no JSON fail: \(added)")
    try remember(workspace, (removed + deleted + edited).map(\.question))
    // Examples to train on hold what they were made from, kept ones and candidates.
    for state in [[], ["--dataset", "later", "--review"]] {
      let made = try AttuneProgram.run(
        ["dataset", "synthesize", "--count", "500"] + state,
        in: workspace.root
      )
      #expect(made.status == 0, "\(made)")
    }
    #expect(try workspace.run("dataset", "check").output.contains("Report: "))
    // The check is worth something only if the strings were there.
    let before = Set(try ByteSearch.hits(plants.all, under: workspace.root).map(\.pattern))
    #expect(before == Set(plants.all), "\(Set(plants.all).subtracting(before))")

    let removal = try workspace.run("remove", removedSource)
    #expect(removal.status == 0, "\(removal)")
    for planted in deleted { try workspace.delete(planted.path) }
    for (index, planted) in edited.enumerated() {
      switch Place.allCases[index % Place.allCases.count] {
      case .fileName, .folderName, .failedFile:
        try workspace.delete(planted.path)
        try workspace.write(planted.edited, to: "files/renamed-\(index).txt")
      default: try workspace.write(planted.edited, to: planted.path)
      }
    }
    // Folders whose names are planted go with their files.
    try Tool.sql(
      "DELETE FROM crates WHERE id < 900; DROP TABLE \(table); UPDATE labels SET text = 'blank';",
      on: database
    )
    let synced = try workspace.run("sync")
    #expect(synced.status == 0, "\(synced)")

    let hits = try ByteSearch.hits(plants.all, under: workspace.root)
    #expect(hits.isEmpty, "\(hits)")
    // Eight at a time: each is a word that nothing else holds, so that one would do to be found.
    let queries = stride(from: 0, to: plants.all.count, by: 8).map { start in
      plants.all[start..<min(start + 8, plants.all.count)].joined(separator: " ")
    }
    let found = try workspace.found(queries, limit: 50).flatMap { $0 }.joined(separator: "\n")
    for word in plants.all { #expect(!found.contains(word)) }
    let answers = try workspace.run("trace", "--json").json["answers"].array
    for answer in answers.prefix(TestLength.isFull ? 20 : 3) {
      let trace = try workspace.run("trace", answer["id"].string ?? "", "--json")
      #expect(trace.status == 0, "\(trace)")
      for word in plants.all { #expect(!trace.output.contains(word)) }
    }
    #expect(try ByteSearch.hits(plants.all, under: workspace.root).isEmpty)
    try workspace.expectSound()
  }

  /// Asks, so that answers and traces quote what will be removed.
  private func remember(_ workspace: TestWorkspace, _ questions: [String]) throws {
    let asked = questions.enumerated().filter { TestLength.isFull || $0.offset.isMultiple(of: 5) }
    let lines = asked.map { "{\"id\": \"\($0.offset)\", \"question\": \"\($0.element)\"}" }
    let run = try workspace.run("ask", "--batch", "-", input: lines.joined(separator: "\n"))
    #expect(run.status == 0, "\(run)")
    #expect(run.jsonLines.contains { !$0["citations"].array.isEmpty }, "answers quote the strings")
  }
}

import Foundation
import TestSupport
import Testing

/// Files that cannot be read, or only in part: each is named with a remedy, and the rest is taken in.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct BadFileTests {
  private static let escape = "\u{1B}[31mred\u{1B}[0m \u{1B}]0;title\u{07} \u{9B}2J \u{202E}turned"

  /// Expects that a report names a file once, with a message and a remedy.
  private func expect(
    _ list: JSON,
    names path: String,
    code: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let named = list.array.filter { $0["error"]["subject"].string == path }
    #expect(named.count == 1, "\(path): \(list)", sourceLocation: sourceLocation)
    let error = named.first?["error"] ?? JSON(text: "")
    #expect(error["code"].string == code, "\(path): \(error)", sourceLocation: sourceLocation)
    #expect(
      error["message"].string?.contains(path) == true,
      "\(error)",
      sourceLocation: sourceLocation
    )
    #expect(error["remedy"].string?.isEmpty == false, "\(error)", sourceLocation: sourceLocation)
  }

  @Test("every kind of bad file is named with its reason; the good ones are taken in")
  func badFiles() throws {
    let workspace = try TestWorkspace()
    try workspace.write("# Good\n\nThe anchor weighs ninety kilograms.\n", to: "good.md")
    try workspace.write("", to: "empty.md")
    try workspace.write(" \n\n\t\n", to: "blank.txt")
    try workspace.write(
      [0x00, 0x01, 0x02, 0xFF, 0x00, 0x7F] + Array(repeating: 0, count: 5_000),
      to: "binary.txt"
    )
    try workspace.write(
      Array("The gr\u{FC}ne buoy\n".unicodeScalars.map { UInt8($0.value) }),
      to: "latin.txt"
    )
    try workspace.write(
      [0xFF, 0xFE]
        + Array("The sextant is of brass.\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      to: "utf16.txt"
    )
    try workspace.write(
      [0xFE, 0xFF]
        + Array("The compass is of copper.\n".utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
      to: "utf16be.md"
    )
    try workspace.write(
      "The quadrant ".utf8 + [0xC3, 0x28, 0xF0, 0x9F] + " is lost.\n".utf8,
      to: "broken-utf8.md"
    )
    try workspace.write(String(repeating: "[", count: 100_000), to: "deep.json")
    try workspace.write(
      String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000),
      to: "nested.json"
    )
    try workspace.write("{\"code\": 1,, }", to: "broken.json")
    try workspace.write(
      "item,note\nhawser,\"long,\nand \"\"wet\"\"\"\nshackle\ncleat,small,extra,more\n\"open",
      to: "ragged.csv"
    )
    try workspace.write("%PDF-1.7\n1 0 obj\n", to: "scan.txt")
    try workspace.write(String(repeating: "<div>", count: 20_000) + "deep water", to: "deep.html")
    try workspace.write("Text with \(Self.escape) in it.\n", to: "escape\u{1B}[31m\u{07}.txt")
    try workspace.write("{\"a\": \"\(Self.escape)", to: "broken\u{1B}]0;x\u{07}.json")
    let files = FileManager.default
    let huge = workspace.data.appendingPathComponent("huge.txt")
    #expect(files.createFile(atPath: huge.path, contents: Data()))
    let handle = try FileHandle(forWritingTo: huge)
    try handle.truncate(atOffset: 200 << 20)
    try handle.close()
    for (link, target) in [("loop", "."), ("one", "two"), ("two", "one"), ("dangling", "nowhere")] {
      try files.createSymbolicLink(
        atPath: workspace.data.appendingPathComponent(link).path,
        withDestinationPath: target
      )
    }
    #expect(mkfifo(workspace.data.appendingPathComponent("pipe.txt").path, 0o600) == 0)

    let run = try workspace.run("add", workspace.data.path, "--json")
    #expect(run.status == 1, "\(run)")
    #expect(!run.output.contains("\u{1B}"))
    let report = run.json["sources"][0]
    let failures = report["failures"]
    expect(failures, names: "huge.txt", code: "tooLarge")
    expect(failures, names: "binary.txt", code: "notText")
    expect(failures, names: "deep.json", code: "malformed")
    expect(failures, names: "broken.json", code: "malformed")
    let skipped = report["skipped"].array.compactMap { $0["error"]["subject"].string }
    let failed = failures.array.compactMap { $0["error"]["subject"].string }
    for name in ["loop", "one", "two", "dangling", "pipe.txt", "scan.txt"] {
      #expect((skipped + failed).contains(name), "\(name) is not mentioned: \(run)")
    }
    for name in ["good.md", "latin.txt", "utf16.txt", "utf16be.md", "broken-utf8.md", "ragged.csv"]
    {
      #expect(!(skipped + failed).contains(name), "\(name): \(run)")
    }
    let found = try workspace.found(["anchor", "buoy", "sextant", "compass", "quadrant", "hawser"])
    for (hits, name) in zip(
      found,
      ["good.md", "latin.txt", "utf16.txt", "utf16be.md", "broken-utf8.md", "ragged.csv"]
    ) {
      #expect(hits.first?.hasPrefix(name) == true, "\(name): \(hits.prefix(2))")
    }
    #expect(found[1].first?.contains("gr\u{FC}ne") == true, "\(found[1])")
    #expect(found[5].first?.contains("wet") == true, "\(found[5])")

    // What people see: every failure with its remedy, nothing that a terminal obeys.
    for command in [
      ["sync"], ["sources", "--failures"], ["search", "text with red in it"], ["doctor"],
      ["ask", "What is the text with red in it?"],
    ] {
      let shown = try AttuneProgram.run(command, in: workspace.root)
      for text in [shown.output, shown.errors] {
        let controls = text.unicodeScalars.filter {
          ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || (0x7F...0x9F).contains($0.value)
            || $0.value == 0x202E
        }
        #expect(controls.isEmpty, "\(command): \(controls.map(\.value)) \(shown)")
      }
    }
    let listed = try workspace.run("sources", "--failures").output
    #expect(
      listed.contains("huge.txt is 200 MiB") && listed.contains("Split the file"),
      "\(listed)"
    )
    try workspace.expectSound()

    // Mended files are read, and what failed is forgotten.
    for name in [
      "huge.txt", "binary.txt", "deep.json", "nested.json", "broken\u{1B}]0;x\u{07}.json", "loop",
      "one", "two", "scan.txt",
    ] {
      try workspace.delete(name)
    }
    try workspace.write("{\"code\": 1}", to: "broken.json")
    let mended = try workspace.syncReport()
    #expect(mended.report["failures"].array.isEmpty, "\(mended.run)")
    #expect(mended.run.status == 0, "\(mended.run)")
  }

  @Test("a name that is no UTF-8 is named, and does not stop the rest")
  func invalidName() throws {
    let workspace = try TestWorkspace()
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "good.txt")
    let path =
      Array(workspace.data.path.utf8CString.dropLast()) + [
        0x2F, 0x62, -1, 0x2E, 0x74, 0x78, 0x74, 0,
      ]
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { return }
    #expect(Foundation.write(file, "hidden\n", 7) == 7)
    close(file)
    let run = try workspace.run("add", workspace.data.path, "--json")
    #expect(run.status == 0 || run.status == 1, "\(run)")
    #expect(run.json["sources"][0]["added"].int ?? 0 >= 1, "\(run)")
    #expect(try workspace.found(["anchor"])[0].first?.contains("ninety") == true)
    try workspace.expectSound()
  }

  @Test(
    "a line of ten megabytes, and a file of as many short words, are taken in",
    .enabled(if: TestLength.isFull, "takes minutes; set ATTUNE_FULL_TESTS=1")
  )
  func longLines() throws {
    let workspace = try TestWorkspace()
    let word = String(repeating: "x", count: 100_000)
    try workspace.write(Array(repeating: word, count: 100).joined(separator: " "), to: "long.txt")
    try workspace.write("a,b\n1,\(String(repeating: "y", count: 10 << 20))\n", to: "long.csv")
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "good.txt")
    let run = try workspace.run("add", workspace.data.path)
    #expect(run.status == 0 || run.status == 1, "\(run)")
    #expect(try workspace.found(["anchor"])[0].contains { $0.contains("ninety") })
    try workspace.expectSound()
  }

  @Test(
    "files and folders without permission are named; what was known of them is kept",
    .enabled(if: Tool.hasNobody, "needs setpriv, because permissions do not bind root")
  )
  func permissions() throws {
    let workspace = try TestWorkspace()
    let cache = workspace.directory.url.appendingPathComponent("cache", isDirectory: true)
    try ModelCopy.install(in: cache)
    workspace.environment = [
      "ATTUNE_CACHE": cache.path, "ATTUNE_HOME": nil, "HOME": workspace.directory.url.path,
    ]
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "good.txt")
    try workspace.write("The buoy is painted yellow.\n", to: "secret.txt")
    try workspace.write("The chart is folded.\n", to: "closed/chart.txt")
    func allow(_ path: String, _ mode: Int) throws {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode],
        ofItemAtPath: workspace.directory.url.path + path
      )
    }
    for path in ["", "/work", "/work/.attune", "/cache", "/data"] { try allow(path, 0o777) }
    try allow("/work/attune.yaml", 0o666)
    let added = try workspace.run("add", workspace.data.path, "--json", under: Tool.asNobody)
    #expect(added.status == 0, "\(added)")
    try allow("/data/secret.txt", 0o000)
    try allow("/data/closed", 0o000)
    defer { try? allow("/data/closed", 0o700) }
    try workspace.write("The anchor weighs eighty kilograms.\n", to: "good.txt")
    let run = try workspace.run("sync", "--json", under: Tool.asNobody)
    #expect(run.status == 1, "\(run)")
    let report = run.json["sources"][0]
    #expect(report["changed"].int == 1 && report["removed"].int == 0, "\(run)")
    expect(report["failures"], names: "closed", code: "noPermission")
    let found = try workspace.run(
      "search",
      "--json",
      "buoy chart anchor",
      under: Tool.asNobody
    ).output
    #expect(found.contains("yellow") && found.contains("folded") && found.contains("eighty"))
    try workspace.write("new\n", to: "new.txt")
    try allow("/data/new.txt", 0o000)
    let again = try workspace.run("sync", "--json", under: Tool.asNobody)
    expect(again.json["sources"][0]["failures"], names: "new.txt", code: "noPermission")

    // A workspace that may not be written.
    for path in ["/work/.attune", "/work"] { try allow(path, 0o555) }
    let sealed = try workspace.run("sync", under: Tool.asNobody)
    #expect(sealed.status == 1 || sealed.status == 3, "\(sealed)")
    #expect(sealed.signal == nil)
    for path in ["/work/.attune", "/work"] { try allow(path, 0o777) }
  }

  @Test("files that change and vanish while they are read: the last sync sees what is there")
  func changingFiles() throws {
    let workspace = try TestWorkspace()
    for index in 0..<60 {
      try workspace.write("Locker \(index) keeps rope.\n", to: "locker-\(index).txt")
    }
    let meddler = """
      import os, random, sys, time
      random.seed(4)
      end = time.time() + 60
      while time.time() < end and not os.path.exists(sys.argv[2]):
          path = os.path.join(sys.argv[1], f"locker-{random.randrange(60)}.txt")
          try:
              if random.random() < 0.3:
                  os.remove(path)
              else:
                  with open(path, "w") as file:
                      for part in range(random.randrange(1, 40)):
                          file.write(f"Line {part} of many about tar. ")
                          file.flush()
          except OSError:
              pass
      """
    guard Tool.hasPython else { return }
    let stop = workspace.directory.url.appendingPathComponent("stop")
    let meddling = try ChildProcess(
      ["python3", "-c", meddler, workspace.data.path, stop.path],
      in: workspace.root
    )
    for _ in 0..<3 {
      let run = try workspace.run("add", workspace.data.path)
      #expect(run.status == 0 || run.status == 1, "\(run)")
    }
    try Data().write(to: stop)
    #expect(try meddling.wait().status == 0)
    for index in 0..<60 {
      try workspace.write("Locker \(index) keeps rope, at last.\n", to: "locker-\(index).txt")
    }
    let last = try workspace.run("sync")
    #expect(last.status == 0, "\(last)")
    let undisturbed = try TestWorkspace()
    for index in 0..<60 {
      try undisturbed.write("Locker \(index) keeps rope, at last.\n", to: "locker-\(index).txt")
    }
    try undisturbed.add()
    #expect(try Set(workspace.found(["rope"])[0]) == Set(undisturbed.found(["rope"])[0]))
    try workspace.expectSound()
  }
}

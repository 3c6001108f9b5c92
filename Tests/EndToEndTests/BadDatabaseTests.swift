import Foundation
import TestSupport
import Testing

/// Databases that are locked, damaged or not databases at all; and two syncs at once.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(if: Tool.hasPython, "needs python3")
)
struct BadDatabaseTests {
  private static let locker = """
    import os, sqlite3, sys, time
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    open(sys.argv[2], "w").close()
    while not os.path.exists(sys.argv[3]):
        time.sleep(0.02)
    """

  @Test("a locked database is named and keeps what is known of it; a second sync names the first")
  func locked() throws {
    let workspace = try TestWorkspace()
    let database = workspace.data.appendingPathComponent("stock.sqlite")
    try Tool.sql(
      "CREATE TABLE crates (id INTEGER PRIMARY KEY, code TEXT);"
        + "INSERT INTO crates VALUES (1, 'slate');",
      on: database
    )
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "good.txt")
    try workspace.add()
    try Tool.sql("INSERT INTO crates VALUES (2, 'hemp')", on: database)
    try workspace.write("The anchor weighs eighty kilograms.\n", to: "good.txt")

    let locked = workspace.directory.url.appendingPathComponent("locked")
    let stop = workspace.directory.url.appendingPathComponent("stop")
    let holder = try ChildProcess(
      ["python3", "-c", Self.locker, database.path, locked.path, stop.path],
      in: workspace.root
    )
    while holder.isRunning, !FileManager.default.fileExists(atPath: locked.path) { usleep(2_000) }
    // It waits some seconds for the database: time enough for a second one to come.
    let first = try workspace.start("sync", "--json")
    let lock = workspace.kept.appendingPathComponent("lock")
    let number = "\(first.identifier)"
    while first.isRunning,
      (try? String(contentsOf: lock, encoding: .utf8))?.contains(number) != true
    { usleep(2_000) }
    let second = try workspace.run("sync")
    #expect(second.status == 3, "\(second)")
    #expect(
      second.errors.contains("process \(number)") && second.errors.contains("Wait"),
      "\(second)"
    )
    let removal = try workspace.run("remove", "data")
    #expect(removal.status == 3 && removal.errors.contains("process \(number)"), "\(removal)")
    #expect(try workspace.found(["anchor"])[0].count > 0, "searching needs no lock")

    let run = try first.wait()
    #expect(run.status == 1, "\(run)")
    let failures = run.json["sources"][0]["failures"]
    #expect(failures[0]["error"]["code"].string == "locked", "\(run)")
    #expect(failures[0]["error"]["subject"].string?.hasPrefix("stock.sqlite") == true, "\(run)")
    #expect(failures[0]["error"]["remedy"].string?.isEmpty == false)
    let kept = try workspace.found(["slate", "anchor"])
    #expect(kept[0].contains { $0.contains("slate") } && kept[1].contains { $0.contains("eighty") })
    try Data().write(to: stop)
    _ = try holder.wait()
    let last = try workspace.run("sync")
    #expect(last.status == 0, "\(last)")
    #expect(try workspace.found(["hemp"])[0].contains { $0.contains("hemp") })
    try workspace.expectSound()
  }

  @Test("damaged, encrypted and empty databases are named; the rest is taken in")
  func damaged() throws {
    let workspace = try TestWorkspace()
    let good = workspace.data.appendingPathComponent("good.sqlite")
    let rows = (0..<3_000).map { "(\($0), 'crate \($0) of slate')" }.joined(separator: ",")
    try Tool.sql(
      "CREATE TABLE crates (id INTEGER PRIMARY KEY, code TEXT); INSERT INTO crates VALUES \(rows);",
      on: good
    )
    var bytes = [UInt8](try Data(contentsOf: good))
    try FileManager.default.removeItem(at: good)
    var random = SplitMix64(seed: 3)
    try workspace.write(Array(bytes.prefix(bytes.count / 3)), to: "half.sqlite")
    try workspace.write(Array(bytes.prefix(100)), to: "header.sqlite")
    try workspace.write(
      (0..<8_192).map { _ in UInt8.random(in: 0...255, using: &random) },
      to: "encrypted.sqlite"
    )
    for place in stride(from: 4_096, to: bytes.count, by: 7) {
      bytes[place] = UInt8.random(in: 0...255, using: &random)
    }
    try workspace.write(bytes, to: "corrupt.sqlite")
    try workspace.write("", to: "empty.sqlite")
    try Tool.sql(
      "CREATE TABLE crates (id INTEGER PRIMARY KEY, code TEXT);"
        + "INSERT INTO crates VALUES (1, 'slate');",
      on: good
    )
    let run = try workspace.run("add", workspace.data.path, "--json")
    #expect(run.status == 1, "\(run)")
    let failures = run.json["sources"][0]["failures"].array
    for name in ["half.sqlite", "header.sqlite", "encrypted.sqlite", "corrupt.sqlite"] {
      let named = failures.filter { $0["error"]["subject"].string?.hasPrefix(name) == true }
      #expect(!named.isEmpty, "\(name) is not named: \(run)")
      #expect(named.allSatisfy { $0["error"]["remedy"].string?.isEmpty == false }, "\(named)")
    }
    #expect(try workspace.found(["slate"])[0].contains { $0.hasPrefix("good.sqlite#crates") })
    try workspace.expectSound()

    // The same files as sources of their own.
    for name in ["encrypted.sqlite", "corrupt.sqlite", "half.sqlite"] {
      let own = try TestWorkspace()
      let added = try own.run("add", workspace.data.appendingPathComponent(name).path)
      #expect(added.status == 1 || added.status == 3, "\(name): \(added)")
      #expect((added.output + added.errors).contains(name), "\(added)")
    }
  }

  @Test("names of tables and columns and values with quotes, escapes and odd types do no harm")
  func oddTables() throws {
    let workspace = try TestWorkspace()
    let database = workspace.data.appendingPathComponent("odd.sqlite")
    try Tool.sql(
      """
      CREATE TABLE "a ""b'; DROP TABLE x; --" ("col | umn: 1" TEXT, "\u{1B}[31m" BLOB, n REAL);
      INSERT INTO "a ""b'; DROP TABLE x; --" VALUES ('va | lue: 2', x'00FF1B', 1e308),
        ('slate\u{1B}[2J', NULL, -0.0), (NULL, NULL, NULL), (9223372036854775807, 'x', 9e999);
      CREATE TABLE empty (id INTEGER PRIMARY KEY);
      CREATE TABLE self (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES self(id), name TEXT);
      INSERT INTO self VALUES (1, 1, 'root'), (2, 99, 'orphan');
      CREATE VIEW broken AS SELECT * FROM nowhere;
      CREATE TABLE wide (\((0..<300).map { "c\($0) TEXT" }.joined(separator: ", ")));
      INSERT INTO wide (c0, c299) VALUES ('first', 'last');
      CREATE TABLE keyed (a TEXT, b TEXT, v TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
      INSERT INTO keyed VALUES ('x,y', '', 'hemp'), ('x', 'y,', 'tar');
      """,
      on: database
    )
    let run = try workspace.run("add", database.path)
    #expect(run.status == 0 || run.status == 1, "\(run)")
    #expect(!run.output.contains("\u{1B}") && !run.errors.contains("\u{1B}"))
    let found = try workspace.found(["slate", "orphan", "hemp"])
    #expect(found[0].first?.contains("slate") == true && found[1].first?.contains("orphan") == true)
    #expect(found[2].first?.contains("hemp") == true, "\(found[2].prefix(1))")
    let shown = try workspace.run("search", "slate")
    #expect(!shown.output.contains("\u{1B}"))
    try workspace.expectSound()
  }
}

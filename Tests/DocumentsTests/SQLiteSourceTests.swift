import Documents
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("SQLite databases")
struct SQLiteSourceTests {
  private func make(_ folder: TemporaryFolder, _ sql: String) throws {
    let queue = try DatabaseQueue(path: folder.path + "/shop.sqlite")
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  private let schema = """
    CREATE TABLE ports (id INTEGER PRIMARY KEY, code TEXT, name TEXT);
    CREATE TABLE people (id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, title TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, port_id INTEGER REFERENCES ports(id),
      seller INTEGER REFERENCES people, placed TEXT, freight REAL, note TEXT, scan BLOB);
    CREATE TABLE lines (order_id INTEGER REFERENCES orders(id), item TEXT, pieces INTEGER,
      double INTEGER GENERATED ALWAYS AS (pieces * 2) VIRTUAL, PRIMARY KEY (order_id, item))
      WITHOUT ROWID;
    CREATE VIEW dear AS SELECT * FROM orders;
    CREATE VIRTUAL TABLE words USING fts5(content);
    INSERT INTO ports VALUES (17, 'HAL', 'Port of Haldersund'), (18, 'LOR', 'Port of Lorneby');
    INSERT INTO people VALUES (1, 'Nadia', 'Prewitt', 'account manager');
    INSERT INTO orders VALUES (10249, 18, NULL, '2030-05-02', 7.0, '', x'0102'),
      (10248, 17, 1, '2030-04-02', 32.38, 'by boat', NULL);
    INSERT INTO lines VALUES (10248, 'TW-400, pair', 2), (10249, 'SL\\120', NULL);
    """

  private func text(_ folder: TemporaryFolder, _ path: String) throws -> [String] {
    let source = FolderSource(root: folder.path)
    let item = try #require(try source.list().items.first { $0.path == path })
    let document = try source.read(item).extract()
    checkInvariants(document)
    return blockTexts(document)
  }

  @Test("Tables are items; views, inner and virtual tables are not")
  func listing() throws {
    let folder = try TemporaryFolder()
    try make(folder, schema)
    let inFolder = try FolderSource(root: folder.path).list()
    #expect(
      inFolder.items.map(\.path) == [
        "shop.sqlite#lines", "shop.sqlite#orders", "shop.sqlite#people", "shop.sqlite#ports",
      ]
    )
    #expect(inFolder.skipped.map(\.subject) == ["shop.sqlite#words"])
    let alone = try SQLiteSource(path: folder.path + "/shop.sqlite").list()
    #expect(alone.items.map(\.path) == ["lines", "orders", "people", "ports"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["shop.sqlite"])
  }

  @Test("A row tells its table, columns, key and the names of what it refers to")
  func rows() throws {
    let folder = try TemporaryFolder()
    try make(folder, schema)
    #expect(
      try text(folder, "shop.sqlite#orders") == [
        "orders | id: 10248 | port_id: 17 (Port of Haldersund) | seller: 1 (Nadia Prewitt)"
          + " | placed: 2030-04-02 | freight: 32.38 | note: by boat",
        "orders | id: 10249 | port_id: 18 (Port of Lorneby) | placed: 2030-05-02 | freight: 7.0"
          + " | scan: [blob, 2 bytes]",
      ]
    )
    #expect(
      try text(folder, "shop.sqlite#lines") == [
        "lines | order_id: 10248 (port_id: Port of Haldersund) | item: TW-400, pair | pieces: 2"
          + " | double: 4",
        "lines | order_id: 10249 (port_id: Port of Lorneby) | item: SL\\120",
      ]
    )
  }

  @Test("Keys, columns and references are described; composite keys are unambiguous")
  func description() throws {
    let folder = try TemporaryFolder()
    try make(folder, schema)
    let source = SQLiteSource(path: folder.path + "/shop.sqlite")
    func document(_ table: String) throws -> ExtractedDocument {
      try source.read(SourceItem(path: table, fingerprint: "")).extract()
    }
    let orders = try document("orders")
    #expect(orders.title == "orders")
    #expect(
      orders.blocks.map(\.origin) == [
        .row(table: "orders", key: "10248"), .row(table: "orders", key: "10249"),
      ]
    )
    #expect(orders.table?.primaryKey == ["id"])
    #expect(orders.table?.references == ["port_id": "ports", "seller": "people"])
    #expect(orders.table?.rowCount == 2)
    let lines = try document("lines")
    #expect(lines.table?.columns == ["order_id", "item", "pieces", "double"])
    #expect(
      lines.blocks.map(\.origin) == [
        .row(table: "lines", key: "10248,TW-400\\, pair"),
        .row(table: "lines", key: "10249,SL\\\\120"),
      ]
    )
  }

  @Test("A change in a row, or in a name it shows, changes the table's hash and no other's")
  func hashes() throws {
    let folder = try TemporaryFolder()
    try make(folder, schema)
    let source = SQLiteSource(path: folder.path + "/shop.sqlite")
    func hashes() throws -> [String] {
      try ["orders", "people", "ports"].map {
        try source.read(SourceItem(path: $0, fingerprint: "")).hash
      }
    }
    let first = try hashes()
    #expect(try hashes() == first)
    try make(folder, "UPDATE orders SET scan = x'0103' WHERE id = 10249")
    let second = try hashes()
    #expect(second[0] != first[0] && second[1...] == first[1...])
    try make(folder, "UPDATE ports SET name = 'Harbour of Lorneby' WHERE id = 18")
    let third = try hashes()
    #expect(third[0] != second[0] && third[1] == second[1] && third[2] != second[2])
  }

  @Test("Odd names and tables without a key are read")
  func oddNames() throws {
    let folder = try TemporaryFolder()
    try make(
      folder,
      """
      CREATE TABLE "my ""odd"" #table" ("select" TEXT, rowid TEXT, "a b" TEXT);
      INSERT INTO "my ""odd"" #table" VALUES ('x', 'y', 'z');
      CREATE TABLE empty (id INTEGER PRIMARY KEY);
      """
    )
    #expect(
      try text(folder, "shop.sqlite#my \"odd\" #table") == [
        "my \"odd\" #table | select: x | rowid: y | a b: z"
      ]
    )
    #expect(try text(folder, "shop.sqlite#empty") == [])
  }

  @Test("What is written ahead is read and changes the fingerprint")
  func writeAhead() throws {
    let folder = try TemporaryFolder()
    let queue = try DatabaseQueue(path: folder.path + "/w.sqlite")
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    try queue.write { try $0.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)") }
    let source = FolderSource(root: folder.path)
    let before = try source.list().items
    try queue.write { try $0.execute(sql: "INSERT INTO t VALUES (1, 'new')") }
    let after = try source.list().items
    #expect(before.map(\.path) == ["w.sqlite#t"])
    #expect(after.map(\.path) == ["w.sqlite#t"])
    #expect(before[0].fingerprint != after[0].fingerprint)
    #expect(try source.read(after[0]).extract().text == "t | id: 1 | v: new")
    try queue.close()
  }

  @Test("A locked database is named, and what to do")
  func locked() throws {
    let folder = try TemporaryFolder()
    try make(folder, schema)
    let queue = try DatabaseQueue(path: folder.path + "/shop.sqlite")
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN EXCLUSIVE")
      let limits = SourceLimits(busyTimeout: 0.02)
      let listing = try FolderSource(root: folder.path, limits: limits).list()
      #expect(listing.items.isEmpty)
      #expect(listing.failures.map(\.code) == [.locked])
      #expect(listing.failures.map(\.subject) == ["shop.sqlite"])
      try db.execute(sql: "ROLLBACK")
    }
    try queue.close()
  }

  @Test("Damaged and encrypted databases are told apart, and the rest goes on")
  func damaged() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: 4)
    let noise = (0..<8192).map { _ in UInt8.random(in: 0...255, using: &random) }
    try folder.write("locked-away.sqlite", noise)
    try folder.write("torn.sqlite", Array("SQLite format 3\0".utf8) + noise)
    try folder.write("words.db", "These are words.")
    try folder.write("good.md", "Words.")
    let listing = try FolderSource(root: folder.path).list()
    #expect(listing.items.map(\.path) == ["good.md"])
    let codes = Dictionary(uniqueKeysWithValues: listing.failures.map { ($0.subject, $0.code) })
    #expect(
      codes == ["locked-away.sqlite": .encrypted, "torn.sqlite": .corrupt, "words.db": .corrupt]
    )
    #expect(listing.failures.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test(
    "Flipped bytes in a database never trap",
    .timeLimit(.minutes(1)),
    arguments: [UInt64(1), 2]
  )
  func mutations(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    try make(folder, schema)
    let good = try Array(Data(contentsOf: URL(filePath: folder.path + "/shop.sqlite")))
    var random = SplitMix64(seed: seed)
    for _ in 0..<40 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...200, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255,
          using: &random
        )
      }
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 0..<good.count, using: &random))
      }
      try folder.write("shop.sqlite", bytes)
      let source = FolderSource(root: folder.path)
      for item in try source.list().items {
        do {
          checkInvariants(try source.read(item).extract())
        } catch let error as DocumentError {
          #expect(!error.message.isEmpty)
        }
      }
    }
  }

  @Test("A table that grows beyond the limit is refused")
  func tooLarge() throws {
    let folder = try TemporaryFolder()
    try make(folder, schema)
    let source = SQLiteSource(
      path: folder.path + "/shop.sqlite",
      limits: SourceLimits(maximumFileBytes: 20)
    )
    let error = #expect(throws: DocumentError.self) {
      try source.read(SourceItem(path: "orders", fingerprint: ""))
    }
    #expect(error?.code == .tooLarge)
  }
}

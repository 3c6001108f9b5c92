import Documents
import Testing

@Suite("PostgreSQL connections")
struct PostgreSQLConnectionStringTests {
  private func options(_ text: String) throws -> [String: String] {
    try PostgreSQLConnectionString(text, subject: "shop").options
  }

  @Test("URIs are read as libpq reads them")
  func uris() throws {
    #expect(
      try options("postgresql://reader@db.example:5433/shop?sslmode=verify-full") == [
        "user": "reader", "host": "db.example", "port": "5433", "dbname": "shop",
        "sslmode": "verify-full",
      ]
    )
    #expect(
      try options("postgres://a,b:6432/x%20y?ssl=true") == [
        "host": "a,b", "port": ",6432", "dbname": "x y", "sslmode": "require",
      ]
    )
    #expect(
      try options("postgresql://[::1]:5432/shop") == [
        "host": "::1", "port": "5432", "dbname": "shop",
      ]
    )
    #expect(
      try options("postgresql://%2Fvar%2Frun/shop") == ["host": "/var/run", "dbname": "shop"]
    )
    #expect(
      try options("postgresql:///shop?host=/run/pg&user=me") == [
        "host": "/run/pg", "user": "me", "dbname": "shop",
      ]
    )
    #expect(try options("postgresql://reader:@h") == ["user": "reader", "host": "h"])
    #expect(try options("postgresql://") == [:])
  }

  @Test("Keywords are read as libpq reads them")
  func keywords() throws {
    #expect(
      try options("host=/run/pg  dbname = 'my \\'shop' user=a\\ b port=''") == [
        "host": "/run/pg", "dbname": "my 'shop", "user": "a b",
      ]
    )
    #expect(try options("service=shop") == ["service": "shop"])
  }

  @Test(
    "A password is refused, and nothing of it is shown",
    arguments: [
      "postgresql://reader:hunter2@h/shop", "postgres://reader:hun/ter2@h/shop",
      "postgresql://reader:12/hunter2@h/shop", "postgresql://r:hunter2@ss@h/shop",
      "postgresql://r:hunter2?x@h/shop", "postgresql://h/shop?password=hunter2",
      "postgresql://h/shop?pass%77ord=hunter2", "postgresql://h/shop?sslpassword=hunter2",
      "host=h password=hunter2", "host=h password = 'hunter2'", "host=h pwd=hunter2",
      "host=h Password=hunter2", "host=h passwordhunter2", "host=h password='hunter2",
      "dbname=postgresql://r:hunter2@h/shop", "dbname='host=h password=hunter2'",
      "postgresql://r:hunter2#x@h/shop", "postgresql://r%3hunter2@h", "hunter2",
    ]
  )
  func secrets(_ text: String) throws {
    let error = try #require(
      throws: DocumentError.self,
      performing: { try PostgreSQLSource(connection: text, name: "shop") }
    )
    #expect(error.code == .malformed)
    #expect(error.subject == "shop")
    #expect(!"\(error)".contains("hun"))
    #expect(!"\(error)".contains("ter2"))
  }

  @Test("A refused password comes with the places to put it")
  func remedy() throws {
    let error = #expect(throws: DocumentError.self) {
      try PostgreSQLSource(connection: "postgresql://reader:hunter2@h/shop")
    }
    for place in ["PGPASSWORD", "~/.pgpass", "PGPASSFILE"] {
      #expect(error?.remedy.contains(place) == true)
    }
  }

  @Test("Without libpq the program says how to get it")
  func missingLibrary() throws {
    let loaded = PostgreSQLLibrary.load(from: ["libpq-that-nobody-has.so.5"])
    let error = try #require(throws: DocumentError.self) { try loaded.get() }
    #expect(error.code == .inputOutput)
    #expect(error.cause?.contains("libpq-that-nobody-has") == true)
    #expect(error.remedy.contains("apt install libpq5"))
    #expect(error.remedy.contains("brew install libpq"))
  }

  @Test("People see user, host, port and database, and no other option")
  func display() throws {
    func display(_ text: String) throws -> String {
      try PostgreSQLSource(connection: text).location
    }
    #expect(
      try display("host=a,::1 port=5432,5433 dbname=shop user='a b' options='-c x=secret'")
        == "postgresql://a%20b@a:5432,[::1]:5433/shop"
    )
    #expect(try display("postgresql://h/shop?sslkey=/k") == "postgresql://h/shop")
    #expect(try display("service=shop") == "postgresql://?service=shop")
    #expect(try PostgreSQLSource(connection: "postgresql://h/shop").name == "shop")
  }

  @Test(
    "Names of tables read back",
    arguments: [
      ("orders", "public.orders", "orders"), ("sales.orders", "sales.orders", "sales.orders"),
      ("public.my table#1", "public.my table#1", "my table#1"),
      ("\"a.b\".\"c\"\"d\"", "\"a.b\".c\"d", "\"a.b\".c\"d"),
      ("s.\"\"\"q\"", "s.\"\"\"q\"", "s.\"\"\"q\""),
    ]
  )
  func names(_ text: String, _ written: String, _ label: String) throws {
    let name = try #require(PostgreSQLName(text))
    #expect(name.text == written)
    #expect(name.label == label)
    #expect(PostgreSQLName(written) == name)
  }

  @Test(
    "What is no name is none",
    arguments: ["", ".", "a.", ".a", "a.b.c", "\"a", "\"a\"b", "\"\""]
  )
  func noNames(_ text: String) {
    #expect(PostgreSQLName(text) == nil)
  }
}

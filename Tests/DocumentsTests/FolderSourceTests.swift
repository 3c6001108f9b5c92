import Documents
import Foundation
import Testing

@Suite("Folders")
struct FolderSourceTests {
  private func codes(_ errors: [DocumentError]) -> [String: DocumentError.Code] {
    Dictionary(uniqueKeysWithValues: errors.map { ($0.subject, $0.code) })
  }

  @Test("Files are listed in order; hidden ones are passed over, unreadable formats named")
  func listing() throws {
    let folder = try TemporaryFolder()
    for name in ["b.md", "a/z.txt", "a/b.csv", "A.md", ".hidden.md", ".attune/x.md", "LICENSE"] {
      try folder.write(name, "Words.")
    }
    try folder.write("film.mp4", "film")
    try folder.write("unknown.xyz", [0, 1, 2, 3, 0, 0, 255])
    try folder.write("photo", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    let listing = try FolderSource(root: folder.path).list()
    #expect(listing.items.map(\.path) == ["A.md", "LICENSE", "a/b.csv", "a/z.txt", "b.md"])
    #expect(listing.items.allSatisfy { $0.size == 6 && $0.modified != nil })
    #expect(
      codes(listing.skipped) == [
        "film.mp4": .unsupportedFormat, "photo": .unsupportedFormat, "unknown.xyz": .notText,
      ]
    )
    #expect(listing.skipped.contains { $0.message.contains("video cannot be read") })
    #expect(listing.failures.isEmpty)
  }

  @Test("A single file is a source too")
  func singleFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("note.md", "# Note\nWords.")
    let source = FolderSource(root: folder.path + "/note.md")
    let items = try source.list().items
    #expect(source.name == "note.md")
    #expect(items.map(\.path) == ["note.md"])
    #expect(try source.read(try #require(items.first)).extract().title == "Note")
  }

  @Test("The same content has the same hash, other content another; fingerprints tell of changes")
  func hashes() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.md", "One.")
    try folder.write("b.md", "One.")
    let source = FolderSource(root: folder.path)
    let before = try source.list().items
    let hashes = try before.map { try source.read($0).hash }
    #expect(hashes[0] == hashes[1])
    #expect(hashes[0].count == 64)
    #expect(try source.list().items == before)
    try folder.write("b.md", "Two, longer.")
    let after = try source.list().items
    #expect(after[0] == before[0])
    #expect(after[1].fingerprint != before[1].fingerprint)
    #expect(try source.read(after[1]).hash != hashes[1])
  }

  @Test("A missing folder is an error, not an empty listing")
  func missingRoot() {
    let error = #expect(throws: DocumentError.self) {
      try FolderSource(root: "/nowhere/at/all").list()
    }
    #expect(error?.code == .notFound)
  }

  @Test("A file that vanishes between listing and reading is reported as such")
  func vanished() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.md", "One.")
    let source = FolderSource(root: folder.path)
    let item = try #require(try source.list().items.first)
    try FileManager.default.removeItem(atPath: folder.path + "/a.md")
    let error = #expect(throws: DocumentError.self) { try source.read(item) }
    #expect(error?.code == .notFound)
    #expect(error?.subject == "a.md")
  }

  @Test("Paths that lead out of the folder are not read")
  func escaping() throws {
    let folder = try TemporaryFolder()
    try folder.write("inner/a.md", "One.")
    try folder.write("secret.md", "Two.")
    let source = FolderSource(root: folder.path + "/inner")
    for path in ["../secret.md", folder.path + "/secret.md", "x/../../secret.md"] {
      #expect(throws: DocumentError.self) {
        try source.read(SourceItem(path: path, fingerprint: ""))
      }
    }
  }

  @Test("Links: loops once, outside never, hidden targets followed")
  func links() throws {
    let folder = try TemporaryFolder()
    let outside = try TemporaryFolder()
    try outside.write("o.md", "Outside.")
    try folder.write("in/a.md", "One.")
    try folder.write(".versions/2/n.md", "Two.")
    try folder.link("in/loop", to: folder.path)
    try folder.link("self", to: "self")
    try folder.link("out", to: outside.path)
    try folder.link("out.md", to: outside.path + "/o.md")
    try folder.link("gone.md", to: "nothing.md")
    try folder.link("again.md", to: "in/a.md")
    try folder.link("current", to: ".versions/2")
    let listing = try FolderSource(root: folder.path).list()
    #expect(listing.items.map(\.path) == ["current/n.md", "in/a.md"])
    #expect(codes(listing.failures) == ["in/loop": .loop, "self": .loop])
    #expect(
      codes(listing.skipped) == [
        "out": .link, "out.md": .link, "gone.md": .link, "again.md": .link,
      ]
    )
  }

  @Test("A file over the limit is refused without being read")
  func tooLarge() throws {
    let folder = try TemporaryFolder()
    try folder.write("big.txt", "")
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.path + "/big.txt"))
    try handle.truncate(atOffset: 200 << 20)
    try handle.close()
    let source = FolderSource(root: folder.path)
    let item = try #require(try source.list().items.first)
    let error = #expect(throws: DocumentError.self) { try source.read(item) }
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "big.txt is 200 MiB, more than the limit of 64 MiB")
  }

  // Root may read everything, so permissions cannot be tested as root.
  @Test("Places without permission are failures, the rest goes on", .enabled(if: geteuid() != 0))
  func permissions() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.md", "One.")
    try folder.write("closed/b.md", "Two.")
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0]
    let files = FileManager.default
    try files.setAttributes(attributes, ofItemAtPath: folder.path + "/a.md")
    try files.setAttributes(attributes, ofItemAtPath: folder.path + "/closed")
    defer {
      try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path + "/closed")
    }
    let source = FolderSource(root: folder.path)
    let listing = try source.list()
    #expect(codes(listing.failures) == ["closed": .noPermission])
    let error = #expect(throws: DocumentError.self) {
      try source.read(try #require(listing.items.first))
    }
    #expect(error?.code == .noPermission)
  }

  @Test("Pipes are passed over and never waited for", .timeLimit(.minutes(1)))
  func pipes() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path + "/pipe.txt", 0o600) == 0)
    let source = FolderSource(root: folder.path)
    #expect(codes(try source.list().skipped) == ["pipe.txt": .unsupportedFormat])
    #expect(throws: DocumentError.self) {
      try source.read(SourceItem(path: "pipe.txt", fingerprint: ""))
    }
  }

  @Test("Names with escapes, spaces and marks are kept")
  func oddNames() throws {
    let folder = try TemporaryFolder()
    let names = ["a b#c.md", "esc\u{1B}[31m.md", "line\nend.md", "üñ.md"]
    for name in names { try folder.write(name, "Words.") }
    let source = FolderSource(root: folder.path)
    let items = try source.list().items
    #expect(Set(items.map(\.path)) == Set(names))
    for item in items { #expect(try source.read(item).extract().text == "Words.") }
  }

  @Test("Thousands of files are listed at once", .timeLimit(.minutes(1)))
  func many() throws {
    let folder = try TemporaryFolder()
    for index in 0..<20 {
      try FileManager.default.createDirectory(
        atPath: folder.path + "/\(index)",
        withIntermediateDirectories: true
      )
      for file in 0..<100 {
        // Foundation would wait for the disk at each file.
        let descriptor = open(folder.path + "/\(index)/\(file).md", O_CREAT | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        close(descriptor)
      }
    }
    let clock = ContinuousClock()
    var count = 0
    let elapsed = try clock.measure {
      count = try FolderSource(root: folder.path).list().items.count
    }
    #expect(count == 2000)
    // A hundredth of this is usual; a machine under load gets room.
    #expect(elapsed < .seconds(2))
  }
}

import Foundation
import TestSupport
import Testing

@Suite struct TestSupportTests {
  @Test func bytesAreFoundInFilesHiddenFilesAndNames() throws {
    let folder = try TemporaryDirectory()
    let bytes = Data([0, 0xFF, 0x7A, 0x7A]) + Data("zz-secret-1".utf8) + [0]
    try folder.write(bytes, to: "a/.hidden/data.bin")
    try folder.write("nothing", to: "zz-secret-2.txt")
    try folder.write("", to: "empty")
    let hits = try ByteSearch.hits(
      ["zz-secret-1", "zz-secret-2", "zz-secret-3", "zz"],
      under: folder.url
    )
    #expect(
      Set(hits) == [
        .init(pattern: "zz-secret-1", file: "a/.hidden/data.bin", offset: 4),
        .init(pattern: "zz", file: "a/.hidden/data.bin", offset: 2),
        .init(pattern: "zz-secret-2", file: "zz-secret-2.txt", offset: nil),
        .init(pattern: "zz", file: "zz-secret-2.txt", offset: nil),
      ]
    )
  }

  @Test func aTemporaryDirectoryGoesWithItsValue() throws {
    var folder: TemporaryDirectory? = try TemporaryDirectory()
    let file = try #require(try folder?.write("x", to: "a/b.txt"))
    #expect(FileManager.default.fileExists(atPath: file.path))
    folder = nil
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test func seedsRepeat() {
    var first = SplitMix64(seed: 1)
    var second = SplitMix64(seed: 1)
    #expect(first.text(count: 100) == second.text(count: 100))
    // The published first output for seed 0.
    var zero = SplitMix64(seed: 0)
    #expect(zero.next() == 0xE220_A839_7B1D_CDAF)
  }
}

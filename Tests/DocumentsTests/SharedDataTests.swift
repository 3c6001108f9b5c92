import Documents
import Foundation
import Testing

/// Public data beside the repository; the tests are skipped where it is absent.
private let shared: String = {
  if let path = ProcessInfo.processInfo.environment["ATTUNE_SHARED"] { return path }
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return root.deletingLastPathComponent().path + "/shared"
}()

@Suite("Public data", .enabled(if: FileManager.default.fileExists(atPath: shared + "/data")))
struct SharedDataTests {
  @Test("Every readable file keeps the promises", .timeLimit(.minutes(1)))
  func documents() throws {
    let source = FolderSource(root: shared + "/data/documents")
    let items = try source.list().items
    #expect(items.count > 300)
    // Pictures under names without an ending, protected files, and PDF where poppler is missing.
    let expected: Set<DocumentError.Code> = [.empty, .unsupportedFormat, .encrypted]
    var read = 0
    for item in items {
      do {
        let content = try source.read(item)
        let document = try content.extract()
        checkInvariants(document)
        read += 1
      } catch let error as DocumentError {
        #expect(expected.contains(error.code), "\(error.message)")
      }
    }
    #expect(read > 300)
  }

  @Test("Chinook's tables carry the names of what they refer to")
  func chinook() throws {
    let source = SQLiteSource(path: shared + "/data/sql/chinook/Chinook_Sqlite.sqlite")
    let items = try source.list().items
    #expect(items.count == 11)
    let invoices = try #require(items.first { $0.path == "InvoiceLine" })
    let text = try source.read(invoices).extract().text
    #expect(
      text.hasPrefix("InvoiceLine | InvoiceLineId: 1 | InvoiceId: 1 (CustomerId: Leonie Köhler)")
    )
    let customers = try #require(items.first { $0.path == "Customer" })
    #expect(try source.read(customers).extract().text.contains("SupportRepId: 3 (Jane Peacock)"))
  }
}

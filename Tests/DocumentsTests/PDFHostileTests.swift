import Documents
import Foundation
import TestSupport
import Testing

/// Where the public PDFs are.
enum PDFFiles {
  static let folder = "documents/parsers-docling/pdf"
  static let others = "documents/parsers-markitdown/markitdown/tests/test_files"
  static let scan = others + "/MEDRPT-2024-PAT-3847_medical_report_scan.pdf"

  /// All of them, by path.
  static func all() throws -> [URL] {
    try [folder + "/sources", folder, others].flatMap { path in
      try FileManager.default.contentsOfDirectory(
        at: SharedData.url(path),
        includingPropertiesForKeys: nil
      ).filter { $0.pathExtension == "pdf" }
    }.sorted { $0.path < $1.path }
  }
}

/// A folder of links to some of the installed programs, and of scripts that stand for others.
struct LinkedTools {
  let folder: TemporaryDirectory
  var programs: HelperPrograms { HelperPrograms(folders: [folder.url.path]) }

  init(_ names: [String]) throws {
    folder = try TemporaryDirectory()
    for name in names {
      guard let path = HelperPrograms.installed.path(of: name) else { continue }
      try FileManager.default.createSymbolicLink(
        atPath: folder.url.appendingPathComponent(name).path,
        withDestinationPath: path
      )
    }
  }

  func script(_ name: String, _ text: String) throws {
    let file = try folder.write("#!/bin/sh\n" + text + "\n", to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }
}

@Suite("Damaged PDFs and helpers that fail", .timeLimit(.minutes(5)))
struct PDFHostileTests {
  private let information = "echo 'Pages: 1'"

  @Test("Without poppler the error says what to install")
  func missing() throws {
    let error = try failure(LinkedTools([]))
    #expect(error?.code == .unsupportedFormat)
    #expect(error?.remedy.contains("poppler-utils") ?? false)
  }

  @Test("A helper that hangs is stopped")
  func hangs() throws {
    let tools = try LinkedTools([])
    try tools.script("pdfinfo", information)
    try tools.script("pdftotext", "sleep 600")
    var limits = SourceLimits()
    limits.helperSeconds = 0.5
    let error = try failure(tools, limits: limits)
    #expect(error?.code == .tooLarge)
    #expect(error?.message.contains("0.5 s") ?? false)
  }

  @Test("A helper that writes for ever is stopped")
  func writesForEver() throws {
    let tools = try LinkedTools([])
    try tools.script("pdfinfo", information)
    try tools.script("pdftotext", "while :; do echo '<word>yyyyyyyyyyyyyyyyyyy</word>'; done")
    var limits = SourceLimits()
    limits.maximumUnpackedBytes = 1 << 20
    #expect(try failure(tools, limits: limits)?.code == .tooLarge)
  }

  @Test("What was read before a helper hangs is kept, and the rest named")
  func hangsLater() throws {
    let tools = try LinkedTools([])
    let word = "<word xMin=\"72\" yMin=\"72\" xMax=\"99\" yMax=\"84\">Kept</word>"
    try tools.script("pdfinfo", "echo 'Pages: 50'")
    try tools.script(
      "pdftotext",
      """
      test "$2" = 1 || sleep 600
      for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 \\
        21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40; do
        echo '<page width="612" height="792">'
        test $n = 1 && printf '%s\\n' '<line>' '\(word)' '</line>'
        echo '</page>'
      done
      """
    )
    var limits = SourceLimits()
    limits.helperSeconds = 1.5
    let document = try PDFReader.read(
      Array("%PDF-1.4".utf8),
      path: "a.pdf",
      limits: limits,
      programs: tools.programs
    )
    #expect(document.text == "Kept")
    #expect(document.warnings.contains { $0.hasPrefix("the pages from 41 on were not read") })
  }

  @Test("A helper that crashes is an error of the file")
  func crashes() throws {
    let tools = try LinkedTools([])
    try tools.script("pdfinfo", information)
    try tools.script("pdftotext", "kill -SEGV $$")
    #expect(try failure(tools)?.code == .corrupt)
  }

  @Test("A helper's nonsense is read without harm", arguments: [1, 2, 3, 4] as [UInt64])
  func nonsense(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pieces = [
      "<page width=\"612\" height=\"792\">", "<page width=\"nan\" height=\"-1e999\">", "</page>",
      "<line>", "<word xMin=\"1\" yMin=\"2\" xMax=\"9\" yMax=\"8\">a &lt; b</word>",
      "<word xMin=\"1e300\" yMin=\"-2\" xMax=\"2e300\" yMax=\"8\">far</word>", "<word >", "\"\"\"",
      "<word xMin=\"9\" yMin=\"9\" xMax=\"1\" yMax=\"1\">back</word>", "<word xMin=\"1\"",
      "<word xMin=\"300\" yMin=\"2\" xMax=\"390\" yMax=\"8\">\u{0644}\u{0627}</word>", "</",
    ]
    var output = ""
    for _ in 0..<3000 {
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
      output += piece + (Bool.random(using: &random) ? "\n" : "")
    }
    let tools = try LinkedTools([])
    let file = tools.folder.url.appendingPathComponent("output")
    try Data(output.utf8).write(to: file)
    try tools.script("pdfinfo", information)
    try tools.script("pdftotext", "cat '\(file.path)'")
    do {
      checkInvariants(
        try PDFReader.read(
          Array("%PDF-1.4".utf8),
          path: "a.pdf",
          limits: SourceLimits(),
          programs: tools.programs
        )
      )
    } catch is DocumentError {}
  }

  @Test("An encrypted file is told apart")
  func encrypted() throws {
    let tools = try LinkedTools([])
    try tools.script("pdfinfo", "echo 'Command Line Error: Incorrect password' >&2; exit 1")
    try tools.script("pdftotext", "exit 1")
    #expect(try failure(tools)?.code == .encrypted)
  }

  @Test(
    "Every public PDF, cut at 20 places and with 20 flipped bytes, is a document or an error",
    .enabled(if: HelperPrograms.installed.path(of: "pdftotext") != nil, "needs poppler's tools"),
    .enabled(if: SharedData.holds(PDFFiles.folder), "needs the shared data")
  )
  func damaged() throws {
    // Without tesseract: reading pictures is tested once, and takes seconds a page.
    let tools = try LinkedTools(["pdfinfo", "pdftotext", "pdftohtml", "pdfimages"])
    for (number, url) in try PDFFiles.all().enumerated() {
      let whole = [UInt8](try Data(contentsOf: url))
      var random = SplitMix64(seed: UInt64(number))
      let places = TestLength.isFull ? 20 : 2
      for turn in 0..<(2 * places + 1) {
        var bytes = whole
        if turn > places {
          bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        } else if turn > 0 {
          for _ in 0..<20 {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
              in: 0...255,
              using: &random
            )
          }
        }
        let start = ContinuousClock.now
        do {
          let document = try PDFReader.read(
            bytes,
            path: url.lastPathComponent,
            limits: SourceLimits(),
            programs: tools.programs
          )
          if turn < 2 { checkInvariants(document) }
        } catch let error as DocumentError {
          #expect(error.subject == url.lastPathComponent && !error.remedy.isEmpty)
        }
        #expect(ContinuousClock.now - start < .seconds(10), "\(url.lastPathComponent)")
      }
    }
  }

  private func failure(
    _ tools: LinkedTools,
    limits: SourceLimits = SourceLimits()
  ) throws -> DocumentError? {
    #expect(throws: DocumentError.self) {
      try PDFReader.read(
        Array("%PDF-1.4".utf8),
        path: "a.pdf",
        limits: limits,
        programs: tools.programs
      )
    }
  }
}

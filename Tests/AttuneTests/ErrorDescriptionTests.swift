import Attune
import Documents
import Evaluation
import Foundation
import Kernels
import Knowledge
import LanguageModels
import ModelCatalog
import Store
import TestSupport
import Testing
import Tokenizers

/// An error of any room is shown in one form.
@Suite struct ErrorDescriptionTests {
  private func description(_ error: any Error) -> [String?] {
    let description = ErrorDescription(error)
    return [
      description.code, description.message, description.subject, description.cause,
      description.remedy,
    ]
  }

  @Test func errorsKeepWhatTheySay() {
    let said = ["Message.", "subject", "cause", "Remedy."]
    func expect(_ code: String, _ error: any Error) {
      #expect(description(error) == [code] + said)
    }
    expect(
      "sourceInvalid",
      AttuneError(.sourceInvalid, "Message.", subject: "subject", cause: "cause", remedy: "Remedy.")
    )
    expect(
      "emptyQuery",
      KnowledgeError(.emptyQuery, "Message.", subject: "subject", cause: "cause", remedy: "Remedy.")
    )
    expect(
      "tooLarge",
      DocumentError(.tooLarge, "Message.", subject: "subject", cause: "cause", remedy: "Remedy.")
    )
    expect(
      "diskFull",
      StoreError(.diskFull, "Message.", subject: "subject", cause: "cause", remedy: "Remedy.")
    )
    expect(
      "duplicate",
      EvaluationError(.duplicate, "Message.", subject: "subject", cause: "cause", remedy: "Remedy.")
    )
    expect(
      "missingFile",
      LanguageModelError(
        .missingFile,
        "Message.",
        subject: "subject",
        cause: "cause",
        remedy: "Remedy."
      )
    )
    expect(
      "shapeMismatch",
      KernelError(
        .shapeMismatch,
        "Message.",
        subject: "subject",
        cause: "cause",
        remedy: "Remedy."
      )
    )
  }

  @Test func modelsAndTokenizers() throws {
    let folder = try TemporaryDirectory()
    for (error, code) in [
      (#expect(throws: (any Error).self) { try Tokenizer.load(folder: folder.url) }, "missingFile"),
      (
        #expect(throws: (any Error).self) {
          try ModelLibrary(cache: ModelCache(folder: folder.url)).model(named: "none")
        }, "modelMissing"
      ),
    ] {
      let description = ErrorDescription(try #require(error))
      #expect(description.code == code)
      #expect(!description.message.isEmpty && !description.remedy.isEmpty)
    }
  }

  @Test func unforeseenErrorsSayHowToReportThem() {
    struct Odd: Error {}
    let description = ErrorDescription(Odd())
    #expect(description.code == "unexpected" && description.cause == "Odd()")
    #expect(description.remedy.contains("-v"))
  }

  @Test func theFormIsPlainJSON() throws {
    let error = AttuneError(.noWorkspace, "There is none.", subject: "/here", remedy: "Make one.")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(ErrorDescription(error)), as: UTF8.self)
    #expect(
      text
        == #"{"code":"noWorkspace","message":"There is none.","remedy":"Make one.","subject":"/here"}"#
    )
  }
}

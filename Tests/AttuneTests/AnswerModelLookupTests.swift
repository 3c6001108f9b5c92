import Attune
import Foundation
import ModelCatalog
import TestSupport
import Testing

/// Where the answer model is found, and what is said where it is not.
@Suite struct AnswerModelLookupTests {
  private let directory: TemporaryDirectory
  private let library: ModelLibrary

  init() throws {
    directory = try TemporaryDirectory()
    _ = try Workspace.create(at: directory.url.appending(path: "work"))
    library = ModelLibrary(
      near: directory.url.appending(path: "work"),
      cache: ModelCache(folder: directory.url.appending(path: "cache")),
      program: directory.url.appending(path: "bin/attune")
    )
  }

  /// From the place that counts most to the one that counts least.
  private static let places = [
    "work/.attune/models/attune-answer", "cache/models/attune-answer",
    "bin/attune_Attune.resources/attune-answer", "bin/attune-answer",
    "share/attune/attune-answer",
  ]

  private func put(_ place: String, files: [String] = ["config.json", "model.safetensors"]) throws {
    for file in files { try directory.write("{}", to: "\(place)/\(file)") }
  }

  private func found() throws -> String {
    let root = directory.url.resolvingSymlinksInPath().path
    return try library.model(named: "attune-answer").folder.resolvingSymlinksInPath().path
      .replacing(root + "/", with: "")
  }

  @Test func theNearestCounts() throws {
    let missing = #expect(throws: AttuneError.self) {
      try library.model(named: ModelLibrary.answerModelName)
    }
    #expect(missing?.code == .modelMissing && missing?.remedy.contains("cache/models") == true)
    for place in Self.places.reversed() {
      try put(place)
      #expect(try found() == place)
      #expect(library.installed().map(\.name) == ["attune-answer"])
    }
  }

  @Test func aPlaceWithoutWeightsIsPassedOver() throws {
    try put(Self.places[0], files: ["config.json"])
    try put(Self.places[2], files: ["config.json"])
    try put(Self.places[4])
    #expect(try found() == Self.places[4])
  }

  @Test func whatItLacksIsTold() throws {
    guard case .missing = library.answerModelState() else {
      Issue.record("there is none yet")
      return
    }
    try put(Self.places[3])
    guard case .unusable(let model, let error) = library.answerModelState() else {
      Issue.record("its settings are empty")
      return
    }
    #expect(model.name == "attune-answer" && !ErrorDescription(error).message.isEmpty)
  }

  @Test func itsBaseMustBeThere() throws {
    try put(Self.places[3])
    try directory.write(
      """
      {"model_type": "attune-answer", "base": "some-base", "base_sha256": "00", "hidden_size": 384,
       "version": 1}
      """,
      to: "\(Self.places[3])/config.json"
    )
    guard case .unusable(_, let error) = library.answerModelState() else {
      Issue.record("its base is not installed")
      return
    }
    #expect(ErrorDescription(error).remedy.contains("some-base"))
  }

  @Test func theDoctorNotesItsAbsence() throws {
    let findings = Doctor(
      startingAt: directory.url.appending(path: "work"),
      cache: library.cache
    ).examine()
    let finding = findings.first { $0.subject == "model attune-answer" }
    // The tests' own program may have it beside it.
    #expect(finding != nil && finding?.level != .problem)
  }
}

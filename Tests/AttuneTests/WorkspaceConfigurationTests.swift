import Answering
import Attune
import Evaluation
import Knowledge
import Testing

@Suite struct WorkspaceConfigurationTests {
  private func read(_ yaml: String) throws -> WorkspaceConfiguration {
    try WorkspaceConfiguration(yaml: yaml, path: "/work/attune.yaml")
  }

  @Test func everySetting() throws {
    let configuration = try read(
      """
      version: 1
      sources:
        - name: handbook
          path: ../docs
        - {name: shop, path: /data/shop.sqlite}
      models:
        embedder: other-model
      retrieval:
        mode: dense
        dense_weight: 0.25
        summary_weight: 0
        candidates: 7
        rerank: 9
        passages: 5
        passages_with_neighbours: 0
        neighbours: 3
        context_tokens: 500
      answers:
        minimum_confidence: 0.75
        quotes: 1
        max_tokens: 99
        temperature: 0.5
        strict: true
      limits:
        max_file_mb: 2
      advice:
        quality: 0.5
        cost: 3
      """
    )
    var expected = WorkspaceConfiguration()
    expected.sources = [
      .init(name: "handbook", path: "../docs"), .init(name: "shop", path: "/data/shop.sqlite"),
    ]
    expected.embedder = "other-model"
    expected.search = SearchSettings(
      mode: .dense,
      denseWeight: 0.25,
      summaryWeight: 0,
      candidates: 7,
      rerank: 9
    )
    expected.context = ContextSettings(
      passages: 5,
      passagesWithNeighbours: 0,
      neighbours: 3,
      tokens: 500
    )
    expected.answers = AnswerSettings(minimumConfidence: 0.75, quotes: 1)
    expected.generation = WritingSettings(maximumTokens: 99, temperature: 0.5, strict: true)
    expected.maximumFileMegabytes = 2
    expected.advice = try AdviceWeights.standard.changing(["quality": 0.5, "cost": 3])
    #expect(configuration == expected)
  }

  @Test func theGenerator() throws {
    #expect(try read("sources: []").generator == .answerModel)
    #expect(try read("models: {generator: attune-answer}").generator == .answerModel)
    #expect(try read("models: {generator: extractive}").generator == .extractive)
    #expect(try read("models: {generator: SmolLM2-135M}").generator == .local("SmolLM2-135M"))
    let configuration = try read(
      """
      models:
        generator:
          server: http://localhost:11434/v1
          model: qwen2.5:3b
          key_env: SOME_KEY
          context_tokens: 4096
          timeout_s: 60
      """
    )
    var settings = ServerSettings(baseURL: "http://localhost:11434/v1", model: "qwen2.5:3b")
    settings.keyVariable = "SOME_KEY"
    settings.contextLength = 4096
    settings.limits.total = .seconds(60)
    #expect(configuration.generator == .server(settings))
  }

  @Test(arguments: [
    ("models: {generator: {server: 'http://a'}}", "model"),
    ("models: {generator: {model: m}}", "server"),
    ("models: {generator: {server: 'http://a', model: m, key: s3cret}}", "models.generator.key"),
    ("models: {generator: {server: 'http://a', model: m, context_tokens: 1}}", "context_tokens"),
    ("models: {generator: [a]}", "generator"),
  ])
  func aGeneratorThatCannotBe(_ example: (yaml: String, named: String)) throws {
    let error = #expect(throws: AttuneError.self) { try read(example.yaml) }
    #expect(error?.code == .configurationInvalid)
    let told = "\(error?.message ?? "") \(error?.cause ?? "")"
    #expect(told.contains(example.named))
  }

  @Test(arguments: [
    "", "\n", "# only a comment\n", "version: 1", "sources:", "sources: []", "sources: ~",
    "retrieval: {}", "models:\n", "answers:\nlimits:\n",
  ])
  func everythingMayBeLeftOut(yaml: String) throws {
    #expect(try read(yaml) == WorkspaceConfiguration())
  }

  @Test func whatInitWritesIsTheDefault() throws {
    #expect(try read(ConfigurationFile.initialText) == WorkspaceConfiguration())
  }

  @Test(arguments: [
    ("retrieval: {mode: magic}", "retrieval.mode"),
    ("retrieval: {dense_weight: 1.01}", "retrieval.dense_weight"),
    ("retrieval: {dense_weight: .nan}", "retrieval.dense_weight"),
    ("retrieval: {dense_weight: half}", "retrieval.dense_weight"),
    ("retrieval: {summary_weight: -0.1}", "retrieval.summary_weight"),
    ("retrieval: {candidates: 0}", "retrieval.candidates"),
    ("retrieval: {candidates: many}", "retrieval.candidates"),
    ("retrieval: {candidates: 99999999999999999999}", "retrieval.candidates"),
    ("retrieval: {candidates: 1.5}", "retrieval.candidates"),
    ("retrieval: {passages: 101}", "retrieval.passages"),
    ("retrieval: {passages_with_neighbours: -1}", "retrieval.passages_with_neighbours"),
    ("retrieval: {neighbours: -1}", "retrieval.neighbours"),
    ("retrieval: {neighbours: 11}", "retrieval.neighbours"),
    ("retrieval: {context_tokens: 99}", "retrieval.context_tokens"),
    ("answers: {minimum_confidence: 1.5}", "answers.minimum_confidence"),
    ("answers: {minimum_confidence: sure}", "answers.minimum_confidence"),
    ("answers: {quotes: 0}", "answers.quotes"),
    ("limits: {max_file_mb: 0}", "limits.max_file_mb"),
    ("limits: {max_file_mb: 16385}", "limits.max_file_mb"),
    ("advice: {speed: 1}", "“speed”"),
    ("advice: {cost: -1}", "cost"),
    ("advice: {cost: much}", "advice.cost"),
    ("models: {embedder: [a, b]}", "models.embedder"),
    ("retrieval: fast", "retrieval"),
    ("version: two", "version"),
    ("sources: docs", "sources"),
    ("sources: [{path: docs}]", "name"),
    ("sources: [{name: docs}]", "path"),
    ("sources: [{name: a, path: b}, {name: c}]", "entry 2"),
    ("sources: [{name: '../up', path: docs}]", "../up"),
    ("sources: [{name: a, path: ''}]", "“a”"),
    // Names that are not known.
    ("retreival: {mode: dense}", "“retreival”"),
    ("retrieval: {weight: 1}", "“retrieval.weight”"),
    ("answers: {confidence: 1}", "“answers.confidence”"),
    ("models: {writer: x}", "“models.writer”"),
    ("limits: {max: 1}", "“limits.max”"),
    ("sources: [{name: a, path: b, exclude: c}]", "“sources.exclude”"),
    ("sources:\n  - nmae: a\n    path: b", "“sources.nmae”"),
  ])
  func aBadSettingIsNamed(_ example: (yaml: String, name: String)) {
    let error = #expect(throws: AttuneError.self) { try read(example.yaml) }
    #expect(error?.code == .configurationInvalid && error?.subject == "/work/attune.yaml")
    #expect(error?.message.contains(example.name) == true, "\(error?.message ?? "")")
    #expect(error?.remedy.isEmpty == false)
  }

  @Test(arguments: [
    "retrieval: {", "a\nb: c", "- a\n- b", "just text", "\"", "sources: [",
    "version: 1\nversion: 1",
    "\t- x", "sources: &a [*a]", "%YAML 9\n---\n", "retrieval:\n  mode: dense\n candidates: 1",
  ])
  func brokenFilesAreRefused(yaml: String) {
    let error = #expect(throws: AttuneError.self) { try read(yaml) }
    #expect(error?.code == .configurationInvalid)
  }

  @Test func otherVersions() {
    let error = #expect(throws: AttuneError.self) { try read("version: 2") }
    #expect(error?.message.contains("version 2") == true)
  }

  @Test func twoSourcesOfOneName() {
    let error = #expect(throws: AttuneError.self) {
      try read("sources: [{name: a, path: b}, {name: a, path: c}]")
    }
    #expect(error?.code == .configurationInvalid)
  }

  @Test(arguments: [
    ("docs", true), ("a", true), ("7", true), ("a-b_c.d", true), ("A1", true),
    (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
    ("", false),
    (".hidden", false), ("-x", false), ("a b", false), ("a/b", false), ("größe", false),
    ("a#b", false),
    ("a\n", false), ("🦊", false), ("e\u{301}", false),
  ])
  func sourceNames(_ example: (name: String, isValid: Bool)) {
    #expect(WorkspaceConfiguration.isValidSourceName(example.name) == example.isValid)
  }
}

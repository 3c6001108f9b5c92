/// Lets a model behind an OpenAI-compatible server write: Ollama, vLLM, llama-server, or a cloud.
///
/// The key is read from the environment for each request; it goes into one header and nowhere else.
/// Redirections are not followed, so neither key nor passages go to an address that was not set.
public struct ServerGenerator: TextGenerator {
  public let settings: ServerSettings
  let environment: ServerEnvironment
  let address: ServerAddress

  /// - Throws: ``GenerationError`` where the settings cannot be used.
  public init(
    _ settings: ServerSettings,
    environment: ServerEnvironment = ServerEnvironment()
  ) throws {
    guard !settings.model.isEmpty else {
      throw GenerationError(
        .invalidSettings,
        "No model is named for the server.",
        subject: SafeText.line(settings.baseURL, limit: 120),
        remedy: "Name one that the server has."
      )
    }
    self.settings = settings
    self.environment = environment
    address = try ServerAddress(settings)
  }

  public var name: String { settings.model }
  public var contextLength: Int? { settings.contextLength }

  /// The names of the models that the server offers.
  ///
  /// - Throws: ``GenerationError``.
  public func models() async throws -> [String] {
    let exchange = try exchange(for: GenerationRequest(messages: []))
    return try await exchange.watched { try await exchange.models() }
  }

  public func generate(
    _ request: GenerationRequest,
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> GenerationResult {
    let exchange = try exchange(for: request)
    return try await exchange.watched { try await exchange.generate(onText: onText) }
  }

  private func exchange(for request: GenerationRequest) throws -> ServerExchange {
    ServerExchange(
      settings: settings,
      environment: environment,
      address: address,
      key: try key(),
      request: request,
      watchdog: Watchdog(total: settings.limits.total, tick: settings.limits.tick)
    )
  }

  private func key() throws -> String? {
    guard let variable = settings.keyVariable, !variable.isEmpty else { return nil }
    func refusal(_ message: String) -> GenerationError {
      GenerationError(
        .missingKey,
        message,
        subject: SafeText.line(variable, limit: 80),
        remedy: "Set it to the key for \(address.name)."
      )
    }
    guard let value = environment.variable(variable), !value.allSatisfy(\.isWhitespace) else {
      throw refusal("The environment variable with the server's key is not set.")
    }
    let key = String(
      value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    )
    // Anything else could end the header and begin another.
    guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw refusal("The environment variable with the server's key holds signs no key can have.")
    }
    return key
  }
}

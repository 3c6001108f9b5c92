import Answering

/// `models.generator` as it is written: a model's name, or a server with its settings.
struct GeneratorFile: Decodable {
  /// The names that a server's settings may have.
  static let names: Set<String> = [
    "server", "model", "key_env", "context_tokens", "allow_plain_http", "timeout_s",
  ]
  /// The name that stands for quoting.
  static let extractive = "extractive"

  let choice: GeneratorChoice

  private enum CodingKeys: String, CodingKey {
    case server, model
    case keyVariable = "key_env"
    case contextTokens = "context_tokens"
    case allowsPlainHTTP = "allow_plain_http"
    case timeout = "timeout_s"
  }

  init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      choice =
        switch name {
        case Self.extractive: .extractive
        case ModelLibrary.answerModelName: .answerModel
        default: .local(name)
        }
      return
    }
    let values = try decoder.container(keyedBy: CodingKeys.self)
    var settings = ServerSettings(
      baseURL: try values.decode(String.self, forKey: .server),
      model: try values.decode(String.self, forKey: .model)
    )
    settings.keyVariable = try values.decodeIfPresent(String.self, forKey: .keyVariable)
    settings.contextLength = try values.decodeIfPresent(Int.self, forKey: .contextTokens)
    settings.allowsPlainHTTP =
      try values.decodeIfPresent(Bool.self, forKey: .allowsPlainHTTP) ?? false
    if let seconds = try values.decodeIfPresent(Int.self, forKey: .timeout) {
      settings.limits.total = .seconds(seconds)
    }
    choice = .server(settings)
  }
}

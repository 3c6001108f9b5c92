import Foundation

/// The bodies of `/v1/chat/completions`, as far as they are used.
enum ChatCompletion {
  /// What is sent.
  struct Request: Encodable {
    struct StreamOptions: Encodable {
      var includeUsage = true

      enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
    }

    struct Message: Encodable {
      var role: String
      var content: String
    }

    var model: String
    var messages: [Message]
    var maxTokens: Int?
    var maxCompletionTokens: Int?
    var temperature: Double?
    var topP: Double?
    var seed: Int64?
    var stop: [String]?
    var stream: Bool
    var streamOptions: StreamOptions?

    enum CodingKeys: String, CodingKey {
      case model, messages, temperature, seed, stop, stream
      case maxTokens = "max_tokens"
      case maxCompletionTokens = "max_completion_tokens"
      case topP = "top_p"
      case streamOptions = "stream_options"
    }
  }

  /// What comes back: a whole completion, or one piece of a streamed one.
  struct Response: Decodable {
    struct Message: Decodable {
      var content: String?
    }

    struct Choice: Decodable {
      var index: Int?
      var message: Message?
      var delta: Message?
      var finishReason: String?

      enum CodingKeys: String, CodingKey {
        case index, message, delta
        case finishReason = "finish_reason"
      }
    }

    struct Usage: Decodable {
      var promptTokens: Int?
      var completionTokens: Int?

      enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
      }
    }

    var choices: [Choice]?
    var usage: Usage?
    var error: Fault?

    var result: GenerationResult.Usage? {
      guard let usage, let prompt = usage.promptTokens else { return nil }
      return .init(
        promptTokens: max(0, prompt),
        completionTokens: max(0, usage.completionTokens ?? 0)
      )
    }
  }

  /// An error as servers write it: `{"error": {"message": …}}` or `{"error": "…"}`.
  struct Fault: Decodable {
    var message: String

    enum CodingKeys: String, CodingKey { case message }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        message = text
      } else {
        message = try decoder.container(keyedBy: CodingKeys.self).decode(
          String.self,
          forKey: .message
        )
      }
    }
  }

  /// The models a server has.
  struct Models: Decodable {
    struct Model: Decodable {
      var id: String
    }

    var data: [Model]
  }

  static func finishReason(_ text: String) -> GenerationResult.FinishReason {
    switch text {
    case "stop", "eos", "stop_sequence": .stop
    case "length", "max_tokens": .length
    default: .other
    }
  }
}

import Answering
import Datasets
import Documents
import Evaluation
import FineTuning
import Foundation
import Kernels
import Knowledge
import LanguageModels
import ModelCatalog
import Store
import Tokenizers

/// An error of any room, in the one form that the program and the server show.
public struct ErrorDescription: Codable, Hashable, Sendable {
  public var code: String
  /// One sentence that says what is wrong.
  public var message: String
  public var subject: String
  public var cause: String?
  /// What to do next.
  public var remedy: String

  /// What is wrong and why, in a line.
  var reason: String { [message, cause].compactMap(\.self).joined(separator: " ") }

  public init(_ error: any Error) {
    switch error {
    case let error as AttuneError:
      self.init(error.code.rawValue, error.message, error.subject, error.cause, error.remedy)
    case let error as KnowledgeError:
      self.init(error.code.rawValue, error.message, error.subject, error.cause, error.remedy)
    case let error as DocumentError:
      self.init(error.code.rawValue, error.message, error.subject, error.cause, error.remedy)
    case let error as DatasetError:
      self.init(error.code.rawValue, error.message, error.subject, error.cause, error.remedy)
    case let error as EvaluationError:
      self.init(error.code.rawValue, error.message, error.subject, error.cause, error.remedy)
    case let error as StoreError:
      self.init("\(error.code)", error.message, error.subject, error.cause, error.remedy)
    case let error as ModelCatalogError:
      self.init("\(error.code)", error.message, error.subject, error.cause, error.remedy)
    case let error as TokenizerError:
      self.init("\(error.code)", error.message, error.subject, error.cause, error.remedy)
    case let error as LanguageModelError:
      self.init("\(error.code)", error.message, error.subject, error.cause, error.remedy)
    case let error as ChatTemplateError:
      let place = error.line.map { "\(error.subject), line \($0)" } ?? error.subject
      self.init(error.code.rawValue, error.message, place, error.cause, error.remedy)
    case let error as GenerationError:
      self.init(error.code.rawValue, error.message, error.subject, error.cause, error.remedy)
    case let error as FineTuningError:
      self.init(error.code.rawValue, error.message, error.subject, error.cause, error.remedy)
    case let error as KernelError:
      self.init("\(error.code)", error.message, error.subject, error.cause, error.remedy)
    default:
      self.init(
        "unexpected",
        "Something went wrong that Attune did not foresee.",
        "",
        "\(error)",
        "Run the command again with -v; if it stays, report it with what -v prints."
      )
    }
  }

  private init(
    _ code: String,
    _ message: String,
    _ subject: String,
    _ cause: String?,
    _ remedy: String
  ) {
    self.code = code
    self.message = message
    self.subject = subject
    self.cause = cause
    self.remedy = remedy
  }
}

public import Evaluation

/// How an arm comes about.
public struct ArmRecipe: Codable, Hashable, Sendable {
  /// What is added to the model's weights.
  public enum Weights: Codable, Hashable, Sendable {
    case untouched
    /// An adapter that the comparison trains.
    case trained
    /// An adapter of the workspace.
    case adapter(String)
  }

  /// Unique in a comparison: letters, digits and `-`.
  public var id: String
  public var title: String
  public var kind: Arm.Kind
  /// An installed model, a folder or a GGUF file; what is configured where absent.
  public var model: String?
  public var weights: Weights
  /// Whether passages of the documents are read.
  public var retrieves: Bool

  public init(
    id: String,
    title: String,
    kind: Arm.Kind = .other,
    model: String? = nil,
    weights: Weights = .untouched,
    retrieves: Bool
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.model = model
    self.weights = weights
    self.retrieves = retrieves
  }

  /// The arm, once it is known what writes its answers.
  func arm(generator: String) -> Arm {
    Arm(
      id: id,
      title: title,
      kind: kind,
      retrieves: retrieves,
      isTuned: weights != .untouched,
      generator: generator
    )
  }

  /// The name of the adapter that a comparison trains for the arm.
  ///
  /// - Parameters:
  ///   - comparison: the comparison's name.
  ///   - label: what tells this training from others of the arm; may be empty.
  ///   - seed: that of the training.
  /// - Returns: the name; nil where the arm is not trained.
  func adapterName(in comparison: String, label: String = "", seed: UInt64) -> String? {
    guard weights == .trained else { return nil }
    return [comparison, id, label, "\(seed)"].filter { !$0.isEmpty }.joined(separator: "-")
  }

  /// Base, retrieval, fine-tuned, and both.
  public static let standard = [
    ArmRecipe(id: "base", title: "Base", kind: .base, retrieves: false),
    ArmRecipe(id: "retrieval", title: "Retrieval", kind: .retrieval, retrieves: true),
    ArmRecipe(
      id: "fine-tuned",
      title: "Fine-tuned",
      kind: .fineTuned,
      weights: .trained,
      retrieves: false
    ),
    ArmRecipe(
      id: "both",
      title: "Fine-tuned + retrieval",
      kind: .both,
      weights: .trained,
      retrieves: true
    ),
  ]

  /// Reads an arm as a person writes it: the name of one of the four, or
  /// `name:model=…,adapter=…,retrieval=yes`.
  ///
  /// - Throws: ``AttuneError`` with code `comparisonInvalid`.
  public init(_ text: String) throws {
    if let known = Self.standard.first(where: { $0.id == text }) {
      self = known
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, Self.isName(parts[0]) else {
      throw Self.invalid("There is no arm “\(text.prefix(80))”.", text)
    }
    self.init(id: parts[0], title: parts[0], retrieves: true)
    for setting in parts[1].split(separator: ",") {
      let sides = setting.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw Self.invalid("“\(setting)” is no setting of an arm.", text)
      }
      switch (sides[0], sides[1]) {
      case ("model", let name): model = name
      case ("adapter", let name): weights = .adapter(name)
      case ("retrieval", "yes"): retrieves = true
      case ("retrieval", "no"): retrieves = false
      default: throw Self.invalid("“\(setting)” is no setting of an arm.", text)
      }
    }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 40
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }

  private static func invalid(_ message: String, _ text: String) -> AttuneError {
    AttuneError(
      .comparisonInvalid,
      message,
      subject: text,
      remedy: """
        Name base, retrieval, fine-tuned or both, or describe one in small letters and digits: \
        name:model=<model>,adapter=<adapter>,retrieval=yes
        """
    )
  }
}

import Foundation

extension InfluenceIndex {
  /// What the index holds, beside the numbers.
  struct Content: Codable, Equatable {
    var version = 1
    var settings: InfluenceSettings
    /// How many values are trained.
    var parameters: Int
    /// After which steps the moments are.
    var steps: [Int]
    /// The examples' identifiers.
    var examples: [String]

    private static let format = "attune-influence"

    init(settings: InfluenceSettings, parameters: Int, steps: [Int], examples: [String]) {
      self.settings = settings
      self.parameters = parameters
      self.steps = steps
      self.examples = examples
    }

    /// As text beside the numbers.
    func metadata() throws -> [String: String] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return [
        "format": Self.format,
        "content": String(decoding: try encoder.encode(self), as: UTF8.self),
      ]
    }

    /// Reads the text beside the numbers.
    init(_ metadata: [String: String], of url: URL) throws(FineTuningError) {
      guard metadata["format"] == Self.format, let text = metadata["content"] else {
        throw .unusableInfluence(url, "This file is no index of influence, or damaged.")
      }
      do {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
        try settings.validate()
      } catch {
        throw .unusableInfluence(url, "The index of influence is of another version, or damaged.")
      }
      guard version == 1, !steps.isEmpty, parameters > 0 else {
        throw .unusableInfluence(url, "The index of influence is of another version, or damaged.")
      }
    }
  }
}

import Foundation

/// The optional `cluster` of each query in a `queries.jsonl`.
struct ClusterFile {
  /// Cluster by query; queries without one are left out.
  let clusters: [String: String]

  private struct Line: Decodable {
    let id: String
    let cluster: String?

    private enum CodingKeys: String, CodingKey {
      case id = "_id"
      case cluster
    }
  }

  init(_ url: URL) throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    var clusters: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let entry = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      clusters[entry.id] = entry.cluster
    }
    self.clusters = clusters
  }
}

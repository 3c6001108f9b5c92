import Attune
import Documents
import Knowledge

/// What `attune search --json` prints.
struct SearchResults: Encodable {
  struct Result: Encodable {
    let rank: Int
    let score: Double
    let scores: SearchHit.Scores
    let url: String
    /// The web page that the document was read from.
    let pageUrl: String?
    let document: String
    let source: String
    let title: String
    let headings: [String]
    let text: String
    let location: LocationOutput
  }

  let id: String?
  let query: String
  let results: [Result]

  init(id: String?, query: String, hits: [SearchHit], in configuration: WorkspaceConfiguration) {
    self.id = id
    self.query = query
    results = hits.enumerated().map { index, hit in
      Result(
        rank: index + 1,
        score: hit.score,
        scores: hit.scores,
        url: hit.passage.url,
        pageUrl: configuration.pageURL(of: hit.passage.url),
        document: hit.passage.document.path,
        source: hit.passage.document.source,
        title: hit.passage.document.title,
        headings: hit.passage.passage.headings,
        text: hit.passage.passage.text,
        location: LocationOutput(hit.passage.passage.location)
      )
    }
  }
}

/// How far a web source goes before it gives up.
package struct WebLimits: Sendable {
  /// How long a connection may take to come about, nothing may arrive, and one answer may take in all.
  package var connect: Duration = .seconds(10)
  package var idle: Duration = .seconds(30)
  package var whole: Duration = .seconds(300)
  /// How many redirections are followed for one page.
  package var redirects = 5
  /// How many pages a sitemap may name, how many sitemaps an index, and how deep indexes may lie in one
  /// another.
  package var pages = 10_000
  package var sitemaps = 200
  package var sitemapDepth = 3
  /// After so many failures in a row a host is left alone until the next sync.
  package var failures = 3
  /// How many places of one kind are listed as passed over; the rest is counted.
  package var shownSkips = 100

  package init() {}
}

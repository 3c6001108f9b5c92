/// A list of a site's pages, or of further such lists, in the form of sitemaps.org.
struct Sitemap {
  /// Whether the places are sitemaps themselves.
  var isIndex: Bool
  /// Addresses as they are written, unchecked.
  var places: [String]
  /// What is wrong with the XML, where something is; the places before the damage stand.
  var fault: String?
  /// Whether there are more places than were asked for.
  var isCut: Bool

  /// Reads a sitemap; nil where the bytes are none. Entities other than XML's own are unknown, so
  /// nothing expands and nothing is loaded.
  ///
  /// - Parameters:
  ///   - bytes: The file, unpacked.
  ///   - limit: The most places that are read.
  init?(_ bytes: [UInt8], limit: Int) {
    let reading = Reading(limit: limit)
    let fault = XMLStream.parse(bytes, into: reading)
    guard let isIndex = reading.isIndex else { return nil }
    self.isIndex = isIndex
    isCut = reading.places.count > limit
    self.fault = isCut ? nil : fault
    places = Array(reading.places.prefix(limit))
  }

  private final class Reading: XMLConsumer {
    private static let maximumPlace = WebURL.maximumLength

    private(set) var isIndex: Bool?
    private(set) var places: [String] = []
    private let limit: Int
    private var depth = 0
    private var isInEntry = false
    private var place: [UInt8]?
    private var isOther = false

    init(limit: Int) { self.limit = limit }

    var isFull: Bool { isOther || places.count > limit }

    func start(_ name: String, _ attributes: XMLAttributes) {
      depth += 1
      let name = Self.local(name)
      switch depth {
      case 1:
        if name == "urlset" || name == "sitemapindex" {
          isIndex = name == "sitemapindex"
        } else {
          isOther = true
        }
      case 2: isInEntry = name == (isIndex == true ? "sitemap" : "url")
      case 3: if isInEntry, name == "loc" { place = [] }
      default: break
      }
    }

    func end(_ name: String) {
      if depth == 3, let bytes = place {
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        if !text.isEmpty { places.append(text) }
        place = nil
      }
      depth -= 1
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {
      guard depth == 3, let room = place.map({ Self.maximumPlace + 1 - $0.count }) else { return }
      place?.append(contentsOf: text.prefix(max(0, room)))
    }

    private static func local(_ name: String) -> Substring {
      name.split(separator: ":").last ?? name[...]
    }
  }
}

/// Builds the tree of an XML document of bounded size.
final class XMLTree: XMLConsumer {
  /// A tree takes about a hundred bytes for each element; larger documents are cut.
  static let maximumElements = 3_000_000

  private let document = XMLElement(name: "")
  private var open: [XMLElement]
  private var pending: [UInt8] = []
  private var count = 0

  private init() { open = [document] }

  /// Parses; `fault` says what is wrong with the XML, `root` is nil where nothing could be read.
  static func parse(
    _ bytes: [UInt8],
    isUTF8: Bool = false
  ) -> (root: XMLElement?, fault: String?) {
    let tree = XMLTree()
    let fault = XMLStream.parse(bytes, isUTF8: isUTF8, into: tree)
    tree.flush()
    return (tree.document.elements.first, fault)
  }

  var isFull: Bool { count >= Self.maximumElements }

  func start(_ name: String, _ attributes: XMLAttributes) {
    flush()
    count += 1
    let element = XMLElement(name: name, attributes: attributes)
    open.last?.append(.element(element))
    open.append(element)
  }

  func end(_ name: String) {
    flush()
    if open.count > 1 { open.removeLast() }
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) { pending.append(contentsOf: text) }

  private func flush() {
    guard !pending.isEmpty else { return }
    open.last?.append(.text(String(decoding: pending, as: UTF8.self)))
    pending.removeAll(keepingCapacity: true)
  }
}

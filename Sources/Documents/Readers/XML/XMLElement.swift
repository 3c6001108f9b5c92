/// An element of a parsed XML document with all that lies in it.
final class XMLElement {
  /// Elements and stretches of text.
  enum Child {
    case element(XMLElement)
    case text(String)
  }

  let name: String
  let attributes: XMLAttributes
  fileprivate(set) var children: [Child] = []

  init(name: String, attributes: XMLAttributes = XMLAttributes()) {
    self.name = name
    self.attributes = attributes
  }

  func append(_ child: Child) { children.append(child) }

  subscript(_ attribute: String) -> String? { attributes[attribute] }

  /// The elements directly within, in order.
  var elements: [XMLElement] {
    children.compactMap { child in
      if case .element(let element) = child { element } else { nil }
    }
  }

  func all(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }

  /// The first element down a path of names.
  func first(_ path: String...) -> XMLElement? {
    var current = self
    for name in path {
      var found: XMLElement?
      for case .element(let element) in current.children where element.name == name {
        found = element
        break
      }
      guard let found else { return nil }
      current = found
    }
    return current
  }

  /// Every element below with one of the names, outermost first; not looked for inside those found.
  func descendants(_ names: Set<String>) -> [XMLElement] {
    var result: [XMLElement] = []
    for element in elements {
      if names.contains(element.name) {
        result.append(element)
      } else {
        result += element.descendants(names)
      }
    }
    return result
  }

  /// All text within, as it stands.
  var text: String {
    var result = ""
    collect(into: &result)
    return result
  }

  private func collect(into result: inout String) {
    for child in children {
      switch child {
      case .element(let element): element.collect(into: &result)
      case .text(let text): result += text
      }
    }
  }
}

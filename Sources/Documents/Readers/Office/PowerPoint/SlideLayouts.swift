/// Where layouts and masters put the placeholders of the slides that follow them.
///
/// A class, because each layout is read once for all slides.
final class SlideLayouts {
  private let package: OfficePackage
  private var known: [String: [String: PageBox]] = [:]

  init(package: OfficePackage) { self.package = package }

  /// The boxes of the layout among a slide's relationships, by ``keys(of:)``.
  func boxes(_ relationships: [String: OfficePackage.Relationship]) throws -> [String: PageBox] {
    let layouts = relationships.values.filter { $0.kind == "slideLayout" }.map(\.target).sorted()
    guard let part = layouts.first else { return [:] }
    if let boxes = known[part] { return boxes }
    let others = try package.relationships(of: part).values
    var boxes: [String: PageBox] = [:]
    for master in others.filter({ $0.kind == "slideMaster" }).map(\.target).sorted() {
      // The master's numbers are not those of the layout.
      for (key, box) in try read(master) where key.hasPrefix("type ") { boxes[key] = box }
    }
    boxes.merge(try read(part)) { $1 }
    known[part] = boxes
    return boxes
  }

  /// What a placeholder is known by: its number first, then its type.
  static func keys(of place: XMLElement) -> [String] {
    var type = place["type"] ?? "body"
    if type == "ctrTitle" { type = "title" }
    return (place["idx"].map { ["number " + $0] } ?? []) + ["type " + type]
  }

  private func read(_ part: String) throws -> [String: PageBox] {
    guard let tree = try package.tree(part)?.first("p:cSld", "p:spTree") else { return [:] }
    var result: [String: PageBox] = [:]
    for shape in tree.all("p:sp") {
      guard let place = shape.first("p:nvSpPr", "p:nvPr", "p:ph"),
        let box = SlideTransform().box(shape.first("p:spPr", "a:xfrm"))
      else { continue }
      for key in Self.keys(of: place) where result[key] == nil { result[key] = box }
    }
    return result
  }
}

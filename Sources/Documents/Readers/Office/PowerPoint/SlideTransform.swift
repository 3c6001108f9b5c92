/// How a group of shapes is moved and scaled onto its slide.
struct SlideTransform {
  private var scale = (x: 1.0, y: 1.0)
  private var offset = (x: 0.0, y: 0.0)

  /// Points are 12,700 of the format's units.
  private static let unit = 12_700.0

  /// The transform for what lies in a group with the given `xfrm`.
  func inside(_ element: XMLElement?) -> SlideTransform {
    guard let element, let place = Self.place(element, "a:off", "a:ext"),
      let child = Self.place(element, "a:chOff", "a:chExt"), child.width > 0, child.height > 0
    else { return self }
    let inner = (x: place.width / child.width, y: place.height / child.height)
    var result = self
    result.scale = (scale.x * inner.x, scale.y * inner.y)
    result.offset = (
      offset.x + scale.x * (place.x - child.x * inner.x),
      offset.y + scale.y * (place.y - child.y * inner.y)
    )
    return result
  }

  /// The box of a shape with the given `xfrm`, in points.
  func box(_ element: XMLElement?) -> PageBox? {
    guard let element, let place = Self.place(element, "a:off", "a:ext") else { return nil }
    let left = offset.x + scale.x * place.x
    let top = offset.y + scale.y * place.y
    let box = PageBox(
      left: Self.points(left),
      top: Self.points(top),
      right: Self.points(left + scale.x * place.width),
      bottom: Self.points(top + scale.y * place.height)
    )
    return [box.left, box.top, box.right, box.bottom].allSatisfy(\.isFinite) ? box : nil
  }

  private static func points(_ value: Double) -> Double { (value / unit * 100).rounded() / 100 }

  private static func place(
    _ element: XMLElement,
    _ offset: String,
    _ extent: String
  ) -> (x: Double, y: Double, width: Double, height: Double)? {
    guard let offset = element.first(offset), let extent = element.first(extent),
      let x = offset.attributes.int("x"), let y = offset.attributes.int("y"),
      let width = extent.attributes.int("cx"), let height = extent.attributes.int("cy")
    else { return nil }
    return (Double(x), Double(y), Double(width), Double(height))
  }
}

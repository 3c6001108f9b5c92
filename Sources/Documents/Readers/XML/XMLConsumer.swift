/// Takes what an XML parser comes upon, in the order of the file.
protocol XMLConsumer: AnyObject {
  /// Whether it has had enough; parsing ends then.
  var isFull: Bool { get }
  func start(_ name: String, _ attributes: XMLAttributes)
  func end(_ name: String)
  /// Text comes in pieces of any length.
  func text(_ text: UnsafeBufferPointer<UInt8>)
}

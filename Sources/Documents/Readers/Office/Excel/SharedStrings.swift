/// The texts that the cells of a workbook share.
final class SharedStrings: XMLConsumer {
  private static let maximumCount = 5_000_000

  private(set) var texts: [String] = []
  private var bytes: [UInt8] = []
  private var isInText = false
  /// How words are spoken stands beside them and is not read.
  private var isPhonetic = false

  var isFull: Bool { texts.count >= Self.maximumCount }

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "x:si": bytes.removeAll(keepingCapacity: true)
    case "x:t": isInText = !isPhonetic
    case "x:rPh": isPhonetic = true
    default: break
    }
  }

  func end(_ name: String) {
    switch name {
    case "x:si": texts.append(String(decoding: bytes, as: UTF8.self))
    case "x:t": isInText = false
    case "x:rPh": isPhonetic = false
    default: break
    }
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) {
    if isInText { bytes.append(contentsOf: text) }
  }
}

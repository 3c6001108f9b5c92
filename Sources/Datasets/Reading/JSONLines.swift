import Foundation

/// Reads files of JSON values, and names the file and the line where one is wrong.
enum JSONLines {
  /// What is made of each line that is not empty, in order.
  static func read<Item>(
    _ url: URL,
    _ make: (JSONValue) throws(ItemFault) -> Item
  ) throws -> [Item] {
    let data = try bytes(url)
    var items: [Item] = []
    for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      guard line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { continue }
      do throws(ItemFault) {
        items.append(try make(try JSONParser.parse(line)))
      } catch {
        throw malformed(url, line: index + 1, error)
      }
    }
    return items
  }

  /// The one value of a file.
  static func value(_ url: URL) throws -> JSONValue {
    let data = try bytes(url)
    do throws(ItemFault) {
      return try JSONParser.parse(data)
    } catch {
      throw malformed(url, line: nil, error)
    }
  }

  static func malformed(_ url: URL, line: Int?, _ fault: ItemFault) -> DatasetError {
    let place = line.map { "\(url.path), line \($0)" } ?? url.path
    return DatasetError(
      .malformed,
      "An item could not be read: \(fault.reason).",
      subject: place,
      remedy: "Mend or remove the item, or get the file again from its publisher."
    )
  }

  static func bytes(_ url: URL) throws -> Data {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw DatasetError(
        .notFound,
        "The file is not there.",
        subject: url.path,
        remedy: "Check the path, or get the data first."
      )
    }
    do {
      return try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw DatasetError(
        .unreadable,
        "The file cannot be read.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "Check that it is a file and may be read."
      )
    }
  }
}

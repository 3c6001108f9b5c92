import Datasets
import Foundation

extension ReadingTask {
  /// CLAPnq's questions, each with its passage. Their answers are long and not compared.
  ///
  /// - Throws: ``AttuneError`` or `DatasetError` where the folder cannot be read.
  static func clapnq(in folder: URL) throws -> [ReadingTask] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
    let items = try names.flatMap { try CLAPnqReader.read(folder.appending(path: $0)) }
    return items.map { item in
      ReadingTask(
        id: item.id,
        question: item.question,
        passages: [Passage(text: item.passage)],
        answers: [],
        isAnswerable: item.isAnswerable
      )
    }
  }
}

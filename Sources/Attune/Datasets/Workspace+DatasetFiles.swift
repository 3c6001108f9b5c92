public import Datasets
public import Foundation
import Store

extension Workspace {
  /// Reads examples from files into a dataset: all files, or none where one cannot be read. Items that
  /// are no examples are reported.
  ///
  /// - Parameters:
  ///   - urls: The files.
  ///   - format: Their format; found out for each where nil.
  ///   - dataset: The dataset, made where it is missing.
  ///   - source: What document examples belong to that name none; examples of one document stay in one
  ///     split.
  ///   - state: What is decided about the examples.
  ///   - time: Seconds since 1970.
  /// - Returns: What each file gave, and how many examples are new.
  /// - Throws: `DatasetError`, ``AttuneError`` with code `datasetInvalid`, or the store's error.
  @discardableResult
  public func importExamples(
    from urls: [URL],
    format: DatasetFormat? = nil,
    into dataset: String = defaultDataset,
    source: String? = nil,
    state: ExampleState = .kept,
    at time: Double = Date().timeIntervalSince1970
  ) throws -> DatasetImportReport {
    try Self.checkDatasetName(dataset)
    var examples: [NewExample] = []
    var report = DatasetImportReport(dataset: dataset, files: [], added: 0, known: 0)
    for url in urls {
      var found = 0
      let read = try DatasetFile.scan(url, format: format) { example in
        var example = example
        if let source, example.source == nil {
          example.source = Example.Source(place: source, document: source)
        }
        examples.append(NewExample(example, state: state))
        found += 1
      }
      report.files.append(
        DatasetImportReport.File(
          path: url.path,
          format: read.format,
          examples: found,
          failures: read.failures,
          failureCount: read.failureCount,
          unanswerableCount: read.unanswerableCount
        )
      )
    }
    report.added = try store().add(examples, to: dataset, at: time)
    report.known = examples.count - report.added
    return report
  }

  /// Writes what would be trained on to a file.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - url: The file, which is replaced where it is there.
  ///   - format: Its format.
  ///   - split: Only this part of the data; all where nil.
  /// - Returns: What was written, and what the format could not hold.
  /// - Throws: `DatasetError` where there is nothing to write or it cannot be written, or what reading
  ///   throws.
  public func exportDataset(
    _ dataset: String = defaultDataset,
    to url: URL,
    format: DatasetFormat,
    split: Example.Split? = nil
  ) throws -> DatasetExport {
    var examples = try nonEmpty(dataset).examples
    if let split {
      examples = examples.filter { $0.split == split }
      guard !examples.isEmpty else { throw Self.emptySplit(split, of: dataset) }
    }
    return try DatasetFile.write(examples, to: url, format: format)
  }

  /// Writes what would be trained on, and the settings for another program to train with.
  ///
  /// - Returns: The files.
  /// - Throws: `DatasetError` where there is nothing to train on or a file cannot be written, or what
  ///   reading throws.
  public func exportRecipe(
    _ recipe: TrainingRecipe,
    for program: TrainingRecipe.Program,
    of dataset: String = defaultDataset,
    to folder: URL
  ) throws -> [URL] {
    try recipe.write(try nonEmpty(dataset).examples, for: program, to: folder)
  }

  /// Writes the report of a check as a page.
  ///
  /// - Parameters:
  ///   - check: The report.
  ///   - dataset: The dataset that it is about.
  ///   - url: The file; in the workspace's own folder of reports where nil.
  /// - Returns: The file.
  /// - Throws: ``AttuneError`` with code `fileFault` where it cannot be written.
  public func writeReport(
    _ check: DatasetCheck,
    of dataset: String,
    to url: URL? = nil
  ) throws -> URL {
    let url = url ?? reportsFolder.appending(path: "\(Self.reportPrefix)\(dataset).html")
    do {
      if url.deletingLastPathComponent().path == reportsFolder.path {
        try FileManager.default.createPrivateDirectory(at: reportsFolder)
      }
      let page = check.html(title: "Dataset “\(dataset)”")
      try Data(page.utf8).write(to: url, options: .atomic)
    } catch {
      throw AttuneError(
        .fileFault,
        "The report cannot be written.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "Check the folder, its permissions and the room on the disk."
      )
    }
    return url
  }

  /// Deletes the pages of checks in the workspace's own folder: they quote examples, and so documents
  /// that may be gone.
  func removeDatasetReports() throws {
    let folder = reportsFolder
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasPrefix(Self.reportPrefix) {
      try FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }

  private static let reportPrefix = "dataset-"

  private static func emptySplit(_ split: Example.Split, of dataset: String) -> DatasetError {
    DatasetError(
      .empty,
      "The split “\(split.rawValue)” of the dataset “\(dataset)” is empty.",
      subject: dataset,
      remedy: "Divide the dataset: attune dataset split --dataset \(dataset)"
    )
  }
}

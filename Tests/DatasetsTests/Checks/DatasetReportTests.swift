import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DatasetReportTests {
  private var check: DatasetCheck {
    var examples = PlantedDataset(
      base: CompanyCorpus.examples(products: 80, seed: 4),
      count: 6,
      seed: 4
    ).examples
    examples[0].messages[1].content = "<script>alert('x')</script> & \"more\"<|im_end|>"
    return DatasetChecker().check(
      examples,
      names: examples.indices.map { "<b>\($0)</b>" },
      encoder: WordEncoder(maximumTokens: 30)
    )
  }

  @Test func theTextOfExamplesIsNoMarkup() {
    let page = check.html(title: "A & B <i>")
    #expect(!page.contains("<script"))
    #expect(!page.contains("<b>"))
    #expect(!page.contains("<i>"))
    #expect(page.contains("A &amp; B &lt;i&gt;"))
  }

  @Test func nothingIsFetched() {
    let page = check.html()
    for request in ["http://", "https://", "src=", "href=", "@import", "url("] {
      #expect(!page.contains(request), "\(request)")
    }
  }

  @Test func itIsWellFormed() throws {
    let page = check.html()
    for tag in ["svg", "details", "section", "figure", "li", "ul", "main", "div", "text", "dl"] {
      let opened = page.ranges(of: "<\(tag)>").count + page.ranges(of: "<\(tag) ").count
      #expect(opened == page.ranges(of: "</\(tag)>").count, "\(tag)")
    }
    #expect(page.ranges(of: "<svg").count == 5)
    // Written where a person asks for it, to look at.
    if let path = ProcessInfo.processInfo.environment["ATTUNE_WRITE_REPORT"] {
      try page.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}

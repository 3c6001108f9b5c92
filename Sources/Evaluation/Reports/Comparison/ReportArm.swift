/// An arm as a page shows it: with a letter and a colour that it keeps in all figures.
struct ReportArm {
  var report: ArmReport
  /// `A` to `Z`, then numbers.
  var letter: String
  /// The style class of its colour.
  var style: String

  init(_ report: ArmReport, index: Int) {
    self.report = report
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letter = index < letters.count ? String(letters[index]) : String(index + 1)
    style = "c\(index % Self.colours)"
  }

  /// How many colours the page's style has.
  static let colours = 6

  var id: String { report.arm.id }
  /// Cut where it is very long: it stands in many places.
  var title: String { PageText.cut(report.arm.title, to: 80) }

  /// Its letter and title over a column, as text.
  var heading: String { "\(letter) \(PageText.cut(title, to: 32))" }

  /// Its letter and title as markup.
  var label: String {
    "<span class=\"arm\"><span class=\"b \(style)\">\(letter)</span> "
      + "<bdi>\(PageText.escaped(title))</bdi></span>"
  }
}

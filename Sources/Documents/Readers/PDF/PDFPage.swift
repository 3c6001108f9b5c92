/// The words of one page in lines, before their order and meaning are found.
struct PDFPage {
  var number: Int
  var width: Double
  var height: Double
  var lines: [PDFLine]
}

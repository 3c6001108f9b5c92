/// Questions with the passages among which their answers are looked for.
struct TuningSet {
  var passages: [TuningPassage]
  var queries: [RetrievalQuery]
}

extension ComparisonPage {
  /// Every question with what all arms said.
  var questionsSection: Section? {
    guard !report.questions.isEmpty else { return nil }
    let list = QuestionList(questions: report.questions, arms: arms)
    return Section("questions", "Questions", list.html())
  }
}

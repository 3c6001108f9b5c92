/// The functions that every template can call.
enum TemplateFunction: String, CaseIterable {
  case raiseException = "raise_exception"
  case timeNow = "strftime_now"
  case range
  case namespace
  case dictionary = "dict"
  case cycler
  case joiner
  case lipsum
}

import ArgumentParser

/// For whom a question is asked.
struct AccessOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Find only what a member of this group may see; may be given more than once. The workspace's owner "
        + "sees everything.",
      valueName: "group"
    )
  )
  var groups: [String] = []

  /// The groups, or nil for the owner.
  var access: Set<String>? { groups.isEmpty ? nil : Set(groups) }
}

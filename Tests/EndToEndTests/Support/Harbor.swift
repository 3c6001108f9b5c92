import Foundation
import TestSupport
import Testing

/// A small invented company: a folder with a file of every kind and a database.
enum Harbor {
  static let files: [String: String] = [
    "handbook/leave.md": """
    # Leave

    ## Days of leave

    Every lighthouse keeper gets thirty-one days of leave in a calendar year. Days that are not taken \
    by the end of March are lost.

    ## Asking for leave

    Requests go to the watch officer at least three weeks before the first day.

    """,
    "handbook/lamps.md": """
    # Lamps

    The lamp room is swept before each watch. A cracked lens is reported to the Zwellmark workshop \
    within the hour.

    """,
    "notes.txt": """
    The ferry to Osterholm leaves from pier seven at a quarter past six.

    Tickets are sold on board. Dogs travel free of charge.

    """,
    "pages/visitors.html": """
    <!doctype html><html><head><title>Visitors</title></head><body><h1>Visitors</h1>
    <p>Visitors to the tower sign the <b>green register</b> at the gate.</p></body></html>

    """,
    "tides.csv": "port,height\nOsterholm,4.2\nKelling Sound,3.7\n",
    "crew.json": "[{\"name\": \"Ilse Varga\", \"post\": \"watch officer\"},"
      + " {\"name\": \"Tom Brandt\", \"post\": \"boatman\"}]\n",
    "log.jsonl": "{\"day\": \"2031-04-02\", \"entry\": \"Fog horn sounded for nine hours.\"}\n",
  ]

  static let database = """
    CREATE TABLE ports (id INTEGER PRIMARY KEY, name TEXT NOT NULL, pilot TEXT);
    CREATE TABLE calls (id INTEGER PRIMARY KEY, port INTEGER REFERENCES ports(id), ship TEXT,
      cargo TEXT, tonnes REAL);
    INSERT INTO ports VALUES (1, 'Osterholm', 'Greta Lund'), (2, 'Kelling Sound', 'Piet Marrow');
    INSERT INTO calls VALUES (41, 1, 'Silver Tern', 'slate', 812.5), (42, 2, 'Black Petrel', 'hemp', 95);
    """

  /// What is looked for when two workspaces are compared.
  static let questions = [
    "How many days of leave does a keeper get?", "Where does the ferry to Osterholm leave from?",
    "What do visitors sign?", "Who is the pilot at Kelling Sound?",
    "What did the Silver Tern carry?",
    "fog horn", "watch officer", "cracked lens", "height at Osterholm",
  ]

  /// A workspace that has taken in the folder `data/docs` and the database `data/port.sqlite`.
  static func workspace() throws -> TestWorkspace {
    let workspace = try TestWorkspace()
    for (path, text) in files { try workspace.write(text, to: "docs/\(path)") }
    try Tool.sql(database, on: workspace.data.appendingPathComponent("port.sqlite"))
    let run = try workspace.run(
      "add",
      workspace.data.appendingPathComponent("docs").path,
      workspace.data.appendingPathComponent("port.sqlite").path
    )
    try #require(run.status == 0, "\(run)")
    return workspace
  }
}

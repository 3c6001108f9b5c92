/// Writes equations of office documents (OMML) in one line, in the notation of LaTeX that people and
/// language models read alike.
enum EquationText {
  static func write(_ element: XMLElement) -> String {
    switch element.name {
    case "m:t", "w:t": return symbols(element.text)
    case "m:r": return run(element)
    case "m:f": return fraction(element)
    case "m:sSup": return base(element) + "^{\(part(element, "m:sup"))}"
    case "m:sSub": return base(element) + "_{\(part(element, "m:sub"))}"
    case "m:sSubSup":
      return base(element) + "_{\(part(element, "m:sub"))}^{\(part(element, "m:sup"))}"
    case "m:sPre":
      return "_{\(part(element, "m:sub"))}^{\(part(element, "m:sup"))}\(part(element, "m:e"))"
    case "m:rad": return root(element)
    case "m:nary": return nary(element)
    case "m:d": return delimited(element)
    case "m:func": return function(element)
    case "m:eqArr": return element.all("m:e").map(inside).joined(separator: " \\\\ ")
    case "m:m": return matrix(element)
    case "m:acc": return accent(element)
    case "m:bar": return "\\overline{\(part(element, "m:e"))}"
    case "m:limLow": return "\(part(element, "m:e"))_{\(part(element, "m:lim"))}"
    case "m:limUpp": return "\(part(element, "m:e"))^{\(part(element, "m:lim"))}"
    // What says how things look.
    case "m:rPr", "w:rPr", "m:ctrlPr", "m:sSupPr", "m:sSubPr", "m:oMathParaPr", "w:del": return ""
    default: return inside(element)
    }
  }

  private static func inside(_ element: XMLElement) -> String {
    element.elements.map(write).joined()
  }

  private static func part(_ element: XMLElement, _ name: String) -> String {
    element.first(name).map(inside)?.trimmed ?? ""
  }

  private static func run(_ element: XMLElement) -> String {
    element.elements.filter { $0.name == "m:t" || $0.name == "w:t" }.map(write).joined()
  }

  private static func base(_ element: XMLElement) -> String {
    let text = part(element, "m:e")
    let needsBraces = element.first("m:e", "m:f") != nil
    return needsBraces ? "{\(text)}" : text
  }

  private static func fraction(_ element: XMLElement) -> String {
    let (above, below) = (part(element, "m:num"), part(element, "m:den"))
    switch element.first("m:fPr", "m:type")?["m:val"] {
    case "noBar": return "\\genfrac{}{}{0pt}{}{\(above)}{\(below)}"
    case "lin", "skw": return "\(above)/\(below)"
    default: return "\\frac{\(above)}{\(below)}"
    }
  }

  private static func root(_ element: XMLElement) -> String {
    let degree = part(element, "m:deg")
    return "\\sqrt" + (degree.isEmpty ? "" : "[\(degree)]") + "{\(part(element, "m:e"))}"
  }

  private static func nary(_ element: XMLElement) -> String {
    let sign = element.first("m:naryPr", "m:chr")?["m:val"] ?? "∫"
    let (below, above) = (part(element, "m:sub"), part(element, "m:sup"))
    return symbols(sign).trimmed + (below.isEmpty ? "" : "_{\(below)}")
      + (above.isEmpty ? "" : "^{\(above)}") + part(element, "m:e")
  }

  private static func delimited(_ element: XMLElement) -> String {
    let properties = element.first("m:dPr")
    let open = properties?.first("m:begChr")?["m:val"] ?? "("
    let close = properties?.first("m:endChr")?["m:val"] ?? ")"
    let between = properties?.first("m:sepChr")?["m:val"] ?? "|"
    let body = element.all("m:e").map(inside).joined(separator: between)
    return "\\left\(fence(open))\(body)\\right\(fence(close))"
  }

  private static func fence(_ sign: String) -> String {
    switch sign {
    case "": "."
    case "{", "}": "\\" + sign
    default: sign
    }
  }

  private static func function(_ element: XMLElement) -> String {
    let name = part(element, "m:fName")
    let isKnown = functions.contains(name)
    return (isKnown ? "\\" + name : name) + "(" + part(element, "m:e") + ")"
  }

  private static func matrix(_ element: XMLElement) -> String {
    let rows = element.all("m:mr").map { row in
      row.all("m:e").map(inside).joined(separator: " & ")
    }
    return "\\begin{matrix}" + rows.joined(separator: " \\\\ ") + "\\end{matrix}"
  }

  private static func accent(_ element: XMLElement) -> String {
    let sign = element.first("m:accPr", "m:chr")?["m:val"] ?? "\u{302}"
    let name = accents[sign] ?? "hat"
    return "\\\(name){\(part(element, "m:e"))}"
  }

  private static func symbols(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if let name = names[scalar] {
        result += " \\\(name) "
      } else if let letter = MathLetters.plain(scalar) {
        result.unicodeScalars.append(letter)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let functions: Set<String> = [
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "log", "ln", "exp", "lim",
    "min", "max", "sup", "inf", "det", "gcd", "arg", "dim", "ker",
  ]

  private static let accents: [String: String] = [
    "\u{302}": "hat", "\u{303}": "tilde", "\u{304}": "bar", "\u{305}": "overline", "\u{307}": "dot",
    "\u{308}": "ddot", "\u{20D7}": "vec", "\u{30C}": "check", "\u{306}": "breve",
  ]

  private static let names: [Unicode.Scalar: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega", "∑": "sum", "∏": "prod", "∫": "int", "∬": "iint", "∮": "oint", "∞": "infty",
    "±": "pm", "∓": "mp", "×": "times", "÷": "div", "·": "cdot", "⋅": "cdot", "≤": "leq",
    "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "∼": "sim", "∝": "propto", "∂": "partial",
    "∇": "nabla", "√": "sqrt", "∈": "in", "∉": "notin", "⊂": "subset", "⊆": "subseteq",
    "∪": "cup", "∩": "cap", "∅": "emptyset", "∀": "forall", "∃": "exists", "¬": "neg",
    "∧": "wedge", "∨": "vee", "→": "rightarrow", "←": "leftarrow", "⇒": "Rightarrow",
    "⇔": "Leftrightarrow", "↔": "leftrightarrow", "…": "ldots", "⋯": "cdots", "°": "degree",
  ]
}

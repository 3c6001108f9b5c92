/// The style of the page of a report: system fonts, light and dark, narrow screens, paper.
enum PageStyle {
  static let css = """
    :root{--page:#fbfbfa;--card:#fff;--ink:#1c1d21;--soft:#5d6068;--line:#dfe0e4;--bar:#3567b8;
    --rest:#e7ebf3;--error:#b3261e;--warning:#8f5a00;--note:#3567b8;--good:#1e7040}
    @media (prefers-color-scheme:dark){:root{--page:#131417;--card:#1c1e22;--ink:#e8e9ec;--soft:#a2a6af;
    --line:#33363d;--bar:#7aa5ee;--rest:#2a2e37;--error:#ff8d84;--warning:#f0b95a;--note:#8db4f5;
    --good:#74cf97}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--ink);
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    main{max-width:70rem;margin:0 auto;padding:1.25rem}
    h1{font-size:1.6rem;margin:0 0 1rem}h2{display:inline;font-size:1.1rem;margin:0}
    small{color:var(--soft);font-weight:400}
    .top{display:flex;gap:1.5rem;align-items:center;flex-wrap:wrap;margin-bottom:1.25rem}
    .top>div{flex:1 1 18rem}
    .score{margin:0;color:var(--soft)}.score span{font-size:3.2rem;font-weight:700;color:var(--ink)}
    .verdict{border-left:4px solid;padding:.4rem .9rem;background:var(--card);border-radius:4px}
    .verdict ul{margin:.3rem 0 0;padding-left:1.1rem;color:var(--ink)}
    .chip{display:inline-block;border:1px solid;border-radius:1rem;padding:0 .6rem;font-size:.8rem}
    .chip.error,.verdict.error{color:var(--error)}.chip.warning,.verdict.warning{color:var(--warning)}
    .chip.note{color:var(--note)}.verdict.good{color:var(--good)}
    .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem}
    figure,.findings{margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;
    padding:1rem;min-width:0}
    figcaption{font-weight:600;margin-bottom:.4rem}figure p{color:var(--soft);margin:.5rem 0 0;
    font-size:.9rem;overflow-wrap:anywhere}
    svg{display:block;width:100%;height:auto;font-size:14px}svg text{fill:var(--ink)}
    svg .value{fill:var(--soft)}svg .bar{fill:var(--bar)}svg .rest{fill:var(--rest)}
    svg .error{fill:var(--error)}svg .warning{fill:var(--warning)}svg .note{fill:var(--note)}
    svg .axis{stroke:var(--soft)}svg .limit{stroke:var(--error);stroke-width:2;stroke-dasharray:5 4}
    .findings{margin-top:1rem}summary{cursor:pointer}
    .findings ul{list-style:none;margin:0;padding:0}
    .findings li{border-top:1px solid var(--line);padding:.6rem 0}.findings li p{margin:0}
    .remedy,.more{color:var(--soft);margin:.4rem 0 .6rem}
    blockquote{margin:.3rem 0 0;padding-left:.7rem;border-left:3px solid var(--line);color:var(--soft);
    overflow-wrap:anywhere;font-size:.92rem}
    code{font-size:.85em;background:var(--rest);border-radius:4px;padding:.05rem .3rem;
    overflow-wrap:anywhere}
    dl{font-size:.9rem;margin:.5rem 0 0}dt{font-weight:600}dd{margin:0 0 .3rem;color:var(--soft)}
    @media print{:root{--page:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--rest:#e7ebf3;
    --bar:#3567b8;--error:#b3261e;--warning:#8f5a00;--note:#3567b8;--good:#1e7040}
    body{font-size:11pt}main{max-width:none;padding:0}figure,li{break-inside:avoid}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """
}

/// The style of the page: system fonts, light and dark, narrow screens, paper.
enum ComparisonStyle {
  static let css = [colours, text, parts, drawings, questions, paper].joined(separator: "\n")

  /// Every pair of ink and ground has a contrast of 4.5 or more, the letters on badges too.
  private static let colours = """
    :root{--page:#fbfbfa;--card:#fff;--ink:#1c1d21;--soft:#5d6068;--line:#dfe0e4;--rest:#eceef3;
    --grid:#d6d9e0;--good:#1e7040;--bad:#b3261e;--note:#8f5a00;--focus:#1a56c4;--on:#fff;
    --c0:#5b6270;--c1:#2f5fae;--c2:#b0480f;--c3:#1c7350;--c4:#86398b;--c5:#7d5c00}
    @media (prefers-color-scheme:dark){:root{--page:#131417;--card:#1c1e22;--ink:#e8e9ec;
    --soft:#a9adb6;--line:#33363d;--rest:#272a31;--grid:#3a3e47;--good:#74cf97;--bad:#ff8d84;
    --note:#f0b95a;--focus:#8db4f5;--on:#131417;--c0:#b4b9c4;--c1:#8db4f5;--c2:#f0a27a;
    --c3:#74cf97;--c4:#d9a3e0;--c5:#dcc062}}
    .c0{--own:var(--c0)}.c1{--own:var(--c1)}.c2{--own:var(--c2)}.c3{--own:var(--c3)}
    .c4{--own:var(--c4)}.c5{--own:var(--c5)}
    """

  private static let text = """
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem}
    body{margin:0;background:var(--page);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    header,main{max-width:70rem;margin:0 auto;padding:1.5rem 1.25rem 0}
    main{padding-bottom:4rem}main:focus{outline:none}
    section{margin-top:3rem}main section:first-child{margin-top:1.5rem}
    h1{font-size:1.7rem;line-height:1.25;margin:0 0 1rem;overflow-wrap:anywhere}
    h2{font-size:1.3rem;line-height:1.3;margin:0 0 .9rem}h3{font-size:1rem;margin:1.1rem 0 .3rem}
    p{margin:.4rem 0;overflow-wrap:anywhere}ul{margin:.4rem 0;padding-left:1.2rem}
    li{margin:.35rem 0;overflow-wrap:anywhere}
    small,.soft{color:var(--soft)}.soft,small{font-size:.9rem}
    .good{color:var(--good)}.bad{color:var(--bad)}
    .headline{font-size:1.2rem;line-height:1.5;font-weight:600;margin:0 0 .6rem;max-width:60rem;
    border-left:4px solid var(--focus);padding:.2rem 0 .2rem 1rem}
    .prose{max-width:46rem}.prose>h3:first-child{margin-top:0}
    .note{border-left:4px solid var(--note);background:var(--card);border-radius:4px;
    padding:.3rem 1rem;max-width:60rem}ul.note{padding-left:2rem}
    a{color:var(--focus)}
    :focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);
    padding:.5rem 1rem;z-index:1}
    .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
    white-space:nowrap}
    nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;border-top:1px solid var(--line);
    margin-top:1.2rem;padding-top:.8rem;font-size:.93rem}
    code{font-size:.85em;background:var(--rest);border-radius:4px;padding:.05rem .3rem;
    overflow-wrap:anywhere}
    """

  private static let parts = """
    .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));
    gap:1.25rem;align-items:start;margin:.8rem 0 1.2rem}
    figure,.table,.q{background:var(--card);border:1px solid var(--line);border-radius:8px}
    figure{margin:0;padding:1rem 1.1rem;min-width:0;max-width:34rem}
    figcaption{font-weight:600;margin-bottom:.3rem}
    .table{margin:.8rem 0}.scroll{position:relative;overflow-x:auto;border-radius:8px}
    .title{font-weight:600;margin:0;padding:.6rem .8rem 0;font-size:.95rem}figure .table{border:0;margin:0}
    table{border-collapse:collapse;width:100%;font-size:.93rem;font-variant-numeric:tabular-nums}
    th,td{padding:.5rem .7rem;text-align:left;vertical-align:top;font-weight:400;min-width:4rem}
    thead th{color:var(--soft);font-size:.85rem;vertical-align:bottom}
    tbody tr{border-top:1px solid var(--line)}tbody th{min-width:11rem}
    thead th:first-child,tbody th{position:sticky;left:0;background:var(--card)}
    .arm{display:inline-flex;gap:.4rem;align-items:baseline}.arm>.b{flex:none}bdi{overflow-wrap:anywhere}
    .n{text-align:right}td.n{white-space:nowrap}
    .same{margin-top:.8rem}.same>summary{color:var(--soft);font-size:.9rem}
    summary{cursor:pointer}
    .b{display:inline-block;min-width:1.3rem;padding:0 .3rem;border-radius:1rem;font-size:.8rem;
    line-height:1.3rem;text-align:center;font-weight:600;background:var(--own);color:var(--on)}
    .key{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.9rem}
    .key>span{display:inline-flex;align-items:center;gap:.35rem}
    .facts{display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);
    gap:.35rem 1.2rem;margin:0;max-width:60rem}
    dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}dd ul{list-style:none;margin:0;padding:0}
    dd li{margin:0 0 .2rem}
    """

  private static let drawings = """
    svg{display:block;width:100%;max-width:32rem;height:auto;font-size:13px;margin:.5rem 0;
    font-variant-numeric:tabular-nums}
    .swatch{width:14px;height:14px;margin:0}
    svg text{fill:var(--ink)}svg .soft,svg .tick{fill:var(--soft)}svg .tick{font-size:12px}
    svg .soft,svg .note{font-size:13px}
    svg .note{paint-order:stroke;stroke:var(--card);stroke-width:5px;stroke-linejoin:round}
    svg .name{font-weight:600}svg .letter{fill:var(--on);font-size:12px;font-weight:600}
    svg .rest{fill:var(--rest)}svg .grid{stroke:var(--grid)}svg .axis{stroke:var(--soft)}
    svg .fill{fill:var(--own)}svg .ink{--own:var(--ink)}
    svg .t1{fill-opacity:.65}svg .t2{fill-opacity:.35}
    svg .hollow{fill:var(--card);stroke:var(--own);stroke-width:2.5}
    svg .whisker{stroke:var(--own);stroke-width:2}svg .ink.whisker{stroke-width:1.4}
    svg .curve{fill:none;stroke:var(--own);stroke-width:2.2}
    svg .even{stroke:var(--ink);stroke-dasharray:5 4}svg .own{stroke:var(--ink);stroke-width:2}
    svg .part{stroke:var(--card);stroke-width:1}svg .p0{fill:var(--good)}svg .p1{fill:var(--c5)}
    svg .p2{fill:var(--grid)}
    """

  private static let questions = """
    .controls{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin:.8rem 0 1rem}
    .controls[hidden],.q[hidden]{display:none}
    .controls label{display:grid;gap:.15rem;font-size:.9rem;color:var(--soft);min-width:0}
    input,select,button{font:inherit;font-size:.95rem;color:var(--ink);background:var(--card);
    border:1px solid var(--soft);border-radius:6px;padding:.3rem .6rem;max-width:100%;height:2.3rem}
    output{line-height:2.3rem}
    select{max-width:16rem}button{cursor:pointer}output{color:var(--soft);font-size:.9rem}
    .q{margin:.4rem 0;padding:0 1rem}
    .q>summary{display:flex;flex-wrap:wrap;gap:.1rem 1rem;padding:.55rem 0;list-style:none;
    justify-content:space-between}
    .q>summary::-webkit-details-marker{display:none}
    .ask{flex:1 1 16rem;padding-left:1.1rem;text-indent:-1.1rem;overflow-wrap:anywhere}.ask::before{content:"▸";color:var(--soft);
    display:inline-block;width:1.1rem;text-indent:0}
    .q[open]>summary>.ask::before{content:"▾"}.q[open]>summary>.ask{font-weight:600}
    .marks{display:flex;gap:.8rem;font-size:.9rem;white-space:nowrap}
    .marks>span{position:relative}
    .replies{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));
    gap:.8rem;margin:.8rem 0 1rem}
    .reply{border-top:2px solid var(--line);padding-top:.3rem;min-width:0}
    .reply strong{white-space:nowrap}.answer{font-weight:600}.shown{white-space:pre-line;max-height:20rem;overflow-y:auto}
    .cites{list-style:none;padding:0;font-size:.88rem}
    .cites q{display:block;color:var(--soft);border-left:3px solid var(--line);padding-left:.6rem;
    margin-top:.2rem}
    @media (max-width:30rem){header,main{padding:1rem .75rem 0}figure{padding:.8rem .6rem}
    main{padding-bottom:3rem}.facts{grid-template-columns:minmax(0,1fr);gap:0}
    dd{margin-bottom:.6rem}.q{padding:0 .7rem}svg,svg .soft,svg .note{font-size:15px}svg .tick,svg .letter{font-size:14px}
    tbody th{min-width:8.5rem}th,td{padding:.45rem .55rem}
    .controls label,select,input{width:100%;max-width:none}}
    """

  private static let paper = """
    @media print{:root{--page:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--rest:#eceef3;
    --grid:#d6d9e0;--good:#1e7040;--bad:#b3261e;--note:#8f5a00;--on:#fff;--c0:#5b6270;--c1:#2f5fae;
    --c2:#b0480f;--c3:#1c7350;--c4:#86398b;--c5:#7d5c00}
    body{font-size:10.5pt}header,main{max-width:none;padding:0}
    nav,.controls,.skip,.same:not([open]){display:none}
    section{margin-top:1.6rem}h2,h3,figcaption,.title{break-after:avoid}
    figure,tr,li,.reply,.q:not([open]){break-inside:avoid}
    .grid{grid-template-columns:repeat(2,minmax(0,1fr))}figure,.prose{max-width:none}
    .scroll,.shown{overflow:visible;max-height:none}table{font-size:8pt}thead th{font-size:7.5pt}
    th,td,tbody th{padding:.2rem .25rem;min-width:0;position:static;overflow-wrap:break-word}
    .table{break-inside:avoid}figure thead th{overflow-wrap:anywhere}.soft,small,.prose li{font-size:9pt}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """
}

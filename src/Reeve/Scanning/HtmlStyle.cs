namespace Reeve.Scanning;

/// <summary>How the report looks, in light and dark, wide and narrow.</summary>
internal static class HtmlStyle
{
    /// <summary>Its CSS.</summary>
    public const string Text = """
        :root{color-scheme:light dark;--text:#1d2430;--soft:#5a6472;--page:#fff;--chart:#fafbfc;--line:#d9dee5;--critical:#a3123a;--high:#c2410c;--medium:#8a6100;--low:#0b6e7f;--informational:#5a6472}
        @media(prefers-color-scheme:dark){:root{--text:#e6e9ee;--soft:#9aa4b2;--page:#12161c;--chart:#171c24;--line:#2b333f;--critical:#ff6b8f;--high:#ff9257;--medium:#e6b94d;--low:#5cc8da;--informational:#9aa4b2}}
        *{box-sizing:border-box}body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--page)}
        h1{font-size:1.5rem;margin:0}.sum{color:var(--soft);margin:.2rem 0 1rem}.levels{display:flex;flex-wrap:wrap;gap:.4rem .6rem}.levels span{padding:.1rem .6rem;border-radius:1rem;border:1px solid currentColor}
        .critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.informational{color:var(--informational)}
        .none{border:1px solid var(--line);border-radius:6px;background:var(--chart);padding:.8rem 1rem}
        .time{margin:1rem 0;padding:.5rem .8rem .6rem;border:1px solid var(--line);border-radius:6px;background:var(--chart);font-size:13px;color:var(--soft)}
        .time p{margin:0 0 .4rem}.row{display:grid;grid-template-columns:minmax(0,19rem) 1fr;gap:0 1rem}.row>span{overflow-wrap:anywhere;padding:.1rem 0}
        .lane{position:relative;min-height:23px;margin-right:2.2rem}.lane i{position:absolute;top:0;bottom:0;width:1px;background:var(--line)}.lane b{position:absolute;top:calc(50% - 6px);height:12px;min-width:4px;border-radius:2px;background:currentColor}
        .axis .lane em{position:absolute;transform:translateX(-50%);font-style:normal;white-space:nowrap;font-variant-numeric:tabular-nums}
        article{border:1px solid var(--line);border-left:4px solid currentColor;border-radius:6px;padding:.7rem 1rem;margin:.8rem 0}
        article>*{color:var(--text)}article p{overflow-wrap:anywhere}h2{font-size:1.05rem;margin:0;overflow-wrap:anywhere}h2 small{font-weight:400;color:var(--soft)}
        dl{display:grid;grid-template-columns:fit-content(40%) 1fr;gap:.1rem 1rem;margin:.5rem 0}dt{color:var(--soft);overflow-wrap:anywhere}dd{margin:0;overflow-wrap:anywhere}
        details summary{cursor:pointer;color:var(--soft)}table{border-collapse:collapse;font-size:13px}td{padding:.1rem .8rem .1rem 0;overflow-wrap:anywhere;vertical-align:top}
        @media(max-width:640px){body{margin:1rem auto}.row{grid-template-columns:1fr}.axis>span{display:none}.lane{min-height:16px;margin:0 1.6rem}.axis .lane{min-height:22px}.axis .lane em.odd{display:none}
        dl{grid-template-columns:1fr}dd{margin-bottom:.3rem}tr{display:block;margin-bottom:.4rem}td{display:inline-block;padding-right:.6rem}}
        @media print{article{break-inside:avoid}}
        """;
}

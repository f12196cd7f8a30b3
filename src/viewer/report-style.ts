/** How reports look. */
import type { Html } from './html.ts'
import { shadeStyles } from './report-table.ts'

/** Series have the colours of Okabe and Ito (2008), lighter ones on dark paper, and dashes for those who see no colours. */
export const reportStyle: Html = {
  html: `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: #2563eb; --other: #b45309; }
@media (prefers-color-scheme: dark) { :root { --line: #93c5fd; --other: #fbbf24; } }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; overflow-x: auto; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; }
.confusion td { text-align: right; padding: .3rem .8rem; }
${shadeStyles}
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; }
svg { width: 100%; font-size: 11px; fill: currentColor; }
@media (max-width: 32rem) { svg { font-size: 14px; } }
svg path { fill: none; stroke: var(--line); }
svg .grid { stroke: #8884; }
svg .mark { stroke: currentColor; stroke-dasharray: 2 3; opacity: .6; }
svg .thin { stroke-width: .8; opacity: .35; }
svg .bold, svg .series-1 { stroke-width: 2.2; }
svg .series-2 { stroke: var(--other); stroke-width: 2.2; stroke-dasharray: 7 3; }
svg .bar { fill: var(--line); }
svg .bar.second { fill: var(--other); }
svg .point { fill: var(--line); fill-opacity: .75; }
svg .diagonal { stroke: currentColor; stroke-dasharray: 4 4; opacity: .5; }
td svg { width: 12rem; height: 1.6rem; display: block; }
`,
}

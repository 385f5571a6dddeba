/** Sorting and searching, as the page's script; it stands in the page, which loads nothing. */
export const SCRIPT = `
const table = document.querySelector('table.rows');
const body = table.tBodies[0];
const search = document.querySelector('input');
const shown = document.querySelector('output');
const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
const show = () => {
  const words = search.value.toLowerCase().split(' ').filter(Boolean);
  let count = 0;
  for (const { row, text } of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) count += 1;
  }
  shown.value = count + ' of ' + rows.length + ' rows';
};
search.addEventListener('input', show);
table.tHead.addEventListener('click', ({ target }) => {
  const heading = target.closest('th');
  if (!heading) return;
  const descending = heading.getAttribute('aria-sort') === 'ascending';
  for (const other of heading.parentNode.cells) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const cellOf = ({ row }) => row.cells[heading.cellIndex].textContent;
  rows.sort((one, other) => cellOf(one).localeCompare(cellOf(other), undefined, { numeric: true }) * (descending ? -1 : 1));
  body.append(...rows.map(({ row }) => row));
});
show();
`;

export const STYLE = `
:root { color-scheme: light dark; --line: #d0d4da; --muted: #5a6472; --change: #2f6fb3; --failure: #c4472b; --ground: #ffffff; --text: #1b2027; --raised: #f4f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a424d; --muted: #a0a9b5; --change: #6aa5e3; --failure: #ee7a5f; --ground: #14181d; --text: #e6e9ed; --raised: #1d232a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 24px; font: 15px/1.45 system-ui, sans-serif; background: var(--ground); color: var(--text); }
h1 { font-size: 24px; margin: 0 0 8px; }
h2 { font-size: 17px; margin: 28px 0 8px; }
p { margin: 4px 0; color: var(--muted); }
dl { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0; }
dl div { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 10px 18px; min-width: 120px; }
dt { color: var(--muted); font-size: 13px; }
dd { margin: 0; font-size: 26px; font-variant-numeric: tabular-nums; }
svg { width: 100%; max-width: 960px; height: auto; display: block; }
svg text { font-size: 13px; fill: var(--text); }
.change { fill: var(--change); }
.failure { fill: var(--failure); }
.key { font-weight: bold; }
.key.change { color: var(--change); }
.key.failure { color: var(--failure); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { cursor: pointer; white-space: nowrap; position: sticky; top: 0; background: var(--ground); }
th[aria-sort=ascending]::after { content: ' \\u25b2'; }
th[aria-sort=descending]::after { content: ' \\u25bc'; }
td.time, td.request { white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.failed td.outcome { color: var(--failure); font-weight: bold; }
input { font: inherit; padding: 6px 10px; width: min(420px, 100%); border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--text); }
output { margin-left: 12px; color: var(--muted); }
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  input, output { display: none; }
  th { position: static; }
  tr, svg { break-inside: avoid; }
}
`;

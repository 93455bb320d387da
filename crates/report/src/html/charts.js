// Plots as SVG, each with a link on what it shows and the same numbers as a table behind it.

/** A plot and its numbers: `rows` of cells under `columns`. */
function figure(caption, drawing, columns, rows) {
  return h("figure", {}, drawing, h("details", { class: "numbers" }, h("summary", { class: "small" }, words.numbers),
    h("div", { class: "scroll" }, h("table", { "aria-label": caption },
      h("thead", {}, h("tr", {}, columns.map((name, index) => h("th", { scope: "col", class: index > 0 && "number" }, name)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, index) => h("td", { class: index > 0 && "number" }, cell)))))))));
}

/** Horizontal bars: `rows` of { label, value, shown, href, class }. */
function bars(caption, heading, rows) {
  const width = 560, height = 26, left = 220, right = 60;
  const most = Math.max(...rows.map((row) => row.value)) || 1;
  const bar = (row, index) => {
    const y = index * height;
    const length = Math.max(2, (width - left - right) * row.value / most);
    return s("a", { href: row.href },
      s("title", {}, words.labelled(row.label, row.shown ?? format(row.value))),
      s("text", { x: left - 8, y: y + 17, "text-anchor": "end" }, shorten(row.label)),
      s("rect", { class: `bar ${row.class || ""}`, x: left, y: y + 4, width: length, height: height - 8, rx: 3 }),
      s("text", { class: "soft", x: left + length + 6, y: y + 17 }, row.shown ?? format(row.value)));
  };
  const drawing = s("svg", { viewBox: `0 0 ${width} ${Math.max(1, rows.length) * height}`, role: "group", "aria-label": caption }, rows.map(bar));
  return figure(caption, drawing, heading, rows.map((row) => [h("a", { href: row.href }, row.label), row.shown ?? format(row.value)]));
}

/** At most so much of a label as has room: a Chinese character takes two places. */
function shorten(label) {
  let room = 24, out = "";
  for (const c of label) {
    room -= c.charCodeAt(0) > 0x2e80 ? 2 : 1;
    if (room < 0) return out + "…";
    out += c;
  }
  return out;
}

/** 0%, <1%, 45%. */
function percent(share) {
  return share > 0 && share < .01 ? "<1%" : `${Math.round(100 * share)}%`;
}

/** One bar in proportion: `parts` of { label, value, href, class }. */
function proportion(caption, heading, parts) {
  const width = 560, total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  let x = 0;
  const piece = (part, index) => {
    const length = width * part.value / total;
    const drawn = [
      s("a", { href: part.href }, s("title", {}, words.labelled(part.label, part.value)),
        s("rect", { class: `bar ${part.class}`, x, y: 0, width: Math.max(0, length - 2), height: 24, rx: 3 })),
      s("rect", { class: `bar ${part.class}`, x: index * 170, y: 37, width: 12, height: 12, rx: 2 }),
      s("text", { x: index * 170 + 18, y: 48 }, `${part.label} ${format(part.value)}${words.bracketed(percent(part.value / total))}`),
    ];
    x += length;
    return drawn;
  };
  const drawing = s("svg", { viewBox: `0 0 ${width} 54`, role: "group", "aria-label": caption }, parts.map(piece));
  return figure(caption, drawing, heading, parts.map((part) => [part.label, format(part.value), percent(part.value / total)]));
}

/** How the findings went on from run to run: all of them, and the errors and warnings among them. */
function course(runs) {
  const width = 560, height = 190, left = 46, right = 14, top = 12, bottom = 34;
  const all = (run) => run.errors + run.warnings + run.infos;
  const grave = (run) => run.errors + run.warnings;
  const most = Math.max(1, ...runs.map(all));
  const x = (index) => left + (width - left - right) * (runs.length > 1 ? index / (runs.length - 1) : .5);
  const y = (value) => top + (height - top - bottom) * (1 - value / most);
  const line = (of, kind) => [
    s("polyline", { class: `line ${kind}`, points: runs.map((run, index) => `${x(index)},${y(of(run))}`).join(" ") }),
    runs.map((run, index) => s("circle", { class: `dot ${kind}`, cx: x(index), cy: y(of(run)), r: 3.5 },
      s("title", {}, words.labelled(run.made || "—", format(of(run)))))),
  ];
  const day = (index, anchor) => s("text", { class: "soft", x: x(index), y: height - 20, "text-anchor": anchor }, runs[index].made || "—");
  const drawing = s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words.course },
    [0, most].map((value) => [
      s("line", { class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      s("text", { class: "soft", x: left - 6, y: y(value) + 4, "text-anchor": "end" }, format(value))]),
    line(all, "all"), line(grave, "grave"),
    day(0, "start"), runs.length > 1 && day(runs.length - 1, "end"),
    s("line", { class: "line all", x1: left, x2: left + 24, y1: height - 6, y2: height - 6 }), s("text", { x: left + 30, y: height - 2 }, words.findings),
    s("line", { class: "line grave", x1: left + 150, x2: left + 174, y1: height - 6, y2: height - 6 }), s("text", { x: left + 180, y: height - 2 }, words.grave));
  return figure(words.course, drawing, [words.date, words.documents, words.error, words.warning, words.info, words.rate],
    runs.map((run) => [run.made || "—", ...[run.documents, run.errors, run.warnings, run.infos].map(format), rate(all(run), run.characters)]));
}

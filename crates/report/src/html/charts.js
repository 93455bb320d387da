// Charts as SVG, each bar a link.

/** Horizontal bars: `rows` of { label, value, href, class }. */
function bars(caption, rows) {
  const width = 560, height = 26, left = 220, right = 60;
  const most = Math.max(1, ...rows.map((row) => row.value));
  const bar = (row, index) => {
    const y = index * height;
    const length = Math.max(2, (width - left - right) * row.value / most);
    return s("a", { href: row.href },
      s("title", {}, words.labelled(row.label, row.value)),
      s("text", { x: left - 8, y: y + 17, "text-anchor": "end" }, shorten(row.label)),
      s("rect", { class: `bar ${row.class || ""}`, x: left, y: y + 4, width: length, height: height - 8, rx: 3 }),
      s("text", { class: "soft", x: left + length + 6, y: y + 17 }, format(row.value)));
  };
  return s("svg", { viewBox: `0 0 ${width} ${Math.max(1, rows.length) * height}`, role: "group", "aria-label": caption }, rows.map(bar));
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
function proportion(caption, parts) {
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
  return s("svg", { viewBox: `0 0 ${width} 54`, role: "group", "aria-label": caption }, parts.map(piece));
}

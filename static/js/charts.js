// Draws <figure data-chart="bar|line"> from the table inside it, so that picture and table cannot differ.
(function () {
  "use strict";
  const COLOURS = ["#0b5c66", "#8a5a00", "#4a6fa5", "#7d8790", "#1e6b3a", "#96201a"];
  const css = getComputedStyle(document.documentElement);
  const ink = css.getPropertyValue("--ink").trim() || "#1b1f24";
  const line = css.getPropertyValue("--line").trim() || "#d8dee4";
  const here = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });

  // Bars carry their number at the end; a line carries its name and last number at its own end, none over another.
  const labels = {
    id: "labels",
    afterDatasetsDraw(chart) {
      const pen = chart.ctx;
      pen.save();
      pen.font = "600 14px " + window.Chart.defaults.font.family;
      if (chart.config.type === "line") nameLines(chart, pen);
      else numberBars(chart, pen);
      pen.restore();
    },
  };

  function numberBars(chart, pen) {
    const flat = chart.options.indexAxis === "y";
    pen.fillStyle = ink;
    pen.textAlign = flat ? "left" : "center";
    pen.textBaseline = flat ? "middle" : "bottom";
    chart.data.datasets.forEach((set, index) => {
      chart.getDatasetMeta(index).data.forEach((mark, place) => {
        if (set.texts[place] && set.data[place] !== null) pen.fillText(set.texts[place], mark.x + (flat ? 6 : 0), mark.y - (flat ? 0 : 4));
      });
    });
  }

  function nameLines(chart, pen) {
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    let above = -Infinity;
    chart.data.datasets
      .map((set, index) => {
        const last = set.data.reduce((found, value, place) => (value === null ? found : place), -1);
        return last < 0 ? null : { set, last, mark: chart.getDatasetMeta(index).data[last] };
      })
      .filter(Boolean)
      .sort((one, other) => one.mark.y - other.mark.y)
      .forEach(({ set, last, mark }) => {
        const y = Math.max(mark.y, above + 18);
        above = y;
        pen.fillStyle = set.borderColor;
        pen.fillText(set.label + " " + set.texts[last], mark.x + 10, y);
      });
  }

  function draw(figure) {
    const rows = Array.from(figure.querySelectorAll("tbody tr"));
    const heads = Array.from(figure.querySelectorAll("thead th")).slice(1).map((cell) => cell.textContent.trim());
    const kind = figure.dataset.chart;
    const flat = kind === "bar" && figure.dataset.flat !== undefined;
    const datasets = heads.map((head, column) => ({
      label: head,
      data: rows.map((row) => {
        const value = row.children[column + 1].dataset.value;
        return value === undefined || value === "" ? null : Number(value);
      }),
      texts: rows.map((row) => row.children[column + 1].textContent.trim()),
      backgroundColor: COLOURS[column % COLOURS.length],
      borderColor: COLOURS[column % COLOURS.length],
      borderWidth: kind === "line" ? 2 : 0,
      pointRadius: 3,
      maxBarThickness: 28,
    }));
    const scale = { beginAtZero: true, grid: { color: line }, ticks: { color: ink, callback: (value) => here.format(value) }, border: { display: false }, grace: "12%" };
    const words = { grid: { display: false }, ticks: { color: ink, autoSkip: false }, border: { color: line } };
    const family = getComputedStyle(document.body).fontFamily;
    new window.Chart(figure.querySelector("canvas"), {
      type: kind,
      data: { labels: rows.map((row) => lines(row.children[0].textContent.trim(), flat)), datasets },
      plugins: [labels],
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        indexAxis: flat ? "y" : "x",
        font: { family, size: 14 },
        layout: { padding: { right: kind === "line" ? 24 + longest(datasets) : flat ? 44 : 8, top: 16 } },
        scales: flat ? { x: scale, y: words } : { y: scale, x: words },
        plugins: { legend: { display: kind !== "line" && heads.length > 1, position: "top", align: "start", labels: { color: ink, boxWidth: 14 } }, tooltip: { enabled: heads.length > 1 } },
      },
    });
  }

  // A long name stands on several lines, so that none is cut at the edge; fewer letters a line on a phone.
  function lines(text, flat) {
    const most = flat ? (window.innerWidth < 700 ? 18 : 44) : 14;
    const found = [""];
    text.split(" ").forEach((word) => {
      const last = found.length - 1;
      if (found[last] && (found[last] + " " + word).length > most) found.push(word);
      else found[last] = (found[last] + " " + word).trim();
    });
    return found.length > 1 ? found : text;
  }

  // Room for the names at the ends of the lines.
  function longest(datasets) {
    return Math.min(160, Math.max(...datasets.map((set) => (set.label.length + 6) * 8)));
  }

  if (window.Chart) {
    window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    window.Chart.defaults.font.size = 14;
    const start = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(start);
    else start();
  }
})();

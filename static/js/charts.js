// Draws <figure data-chart="bar|line"> from the table inside it, so that picture and table cannot differ.
(function () {
  "use strict";
  const COLOURS = ["#0b5c66", "#8a5a00", "#4a6fa5", "#7d8790", "#1e6b3a", "#96201a"];
  const css = getComputedStyle(document.documentElement);
  const ink = css.getPropertyValue("--ink").trim() || "#1b1f24";
  const line = css.getPropertyValue("--line").trim() || "#d8dee4";
  const here = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });

  // The number at the end of its bar or beside its point.
  const labels = {
    id: "labels",
    afterDatasetsDraw(chart) {
      const flat = chart.options.indexAxis === "y";
      const pen = chart.ctx;
      pen.save();
      pen.fillStyle = ink;
      pen.font = "600 13px " + chart.options.font.family;
      chart.data.datasets.forEach((set, index) => {
        chart.getDatasetMeta(index).data.forEach((mark, place) => {
          const text = set.texts[place];
          if (!text || set.data[place] === null) return;
          pen.textAlign = flat ? "left" : "center";
          pen.textBaseline = flat ? "middle" : "bottom";
          pen.fillText(text, mark.x + (flat ? 6 : 0), mark.y - (flat ? 0 : 5));
        });
      });
      pen.restore();
    },
  };

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
      data: { labels: rows.map((row) => row.children[0].textContent.trim()), datasets },
      plugins: [labels],
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        indexAxis: flat ? "y" : "x",
        font: { family, size: 14 },
        layout: { padding: { right: flat ? 40 : 8, top: 16 } },
        scales: flat ? { x: scale, y: words } : { y: scale, x: words },
        plugins: { legend: { display: heads.length > 1, position: "top", align: "start", labels: { color: ink, boxWidth: 14 } }, tooltip: { enabled: heads.length > 1 } },
      },
    });
  }

  if (window.Chart) {
    window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    window.Chart.defaults.font.size = 14;
    const start = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(start);
    else start();
  }
})();

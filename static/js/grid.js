// A grid that takes what was copied in Excel: cells spread over rows and columns, rows are added as needed; arrows walk it.
(function () {
  "use strict";
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const body = form.querySelector("tbody");
  const longest = Number(form.dataset.grid);
  const boxes = (row) => Array.from(row.querySelectorAll("input[type=text]"));

  const add = () => {
    const last = body.rows[body.rows.length - 1];
    const row = last.cloneNode(true);
    const number = body.rows.length + 1;
    row.classList.remove("is-wrong");
    row.querySelector("th").textContent = String(number);
    boxes(row).forEach((box) => {
      box.value = "";
      box.setAttribute("value", "");
      box.setAttribute("aria-label", box.getAttribute("aria-label").replace(/\d+$/, String(number)));
    });
    const child = document.createElement("input");
    child.type = "hidden";
    child.name = "child";
    const found = row.querySelector("[data-found]");
    if (found) found.replaceChildren(child);
    body.append(row);
    return row;
  };
  // What Excel copies: tabs between cells, line ends between rows, quotes around a cell that holds either.
  const cellsOf = (text) => {
    const rows = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      const row = rows[rows.length - 1];
      if (quoted) {
        if (sign === '"' && text[at + 1] === '"') (row[row.length - 1] += '"'), (at += 1);
        else if (sign === '"') quoted = false;
        else row[row.length - 1] += sign;
      } else if (sign === '"' && row[row.length - 1] === "") quoted = true;
      else if (sign === "\t") row.push("");
      else if (sign === "\n") rows.push([""]);
      else if (sign !== "\r") row[row.length - 1] += sign;
    }
    if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
    return rows;
  };

  form.addEventListener("paste", (event) => {
    const box = event.target;
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!box.matches("tbody input[type=text]") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const row = box.closest("tr");
    const left = boxes(row).indexOf(box);
    let top = Array.from(body.rows).indexOf(row);
    cellsOf(text).forEach((cells) => {
      if (top >= longest) return;
      const place = body.rows[top] || add();
      cells.forEach((cell, at) => {
        const target = boxes(place)[left + at];
        if (target) target.value = cell.replace(/\s*\n\s*/g, " ");
      });
      top += 1;
    });
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const box = event.target;
    if (!box.matches("tbody input[type=text]")) return;
    const row = box.closest("tr");
    const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    if (!next) return;
    event.preventDefault();
    boxes(next)[boxes(row).indexOf(box)].focus();
  });
})();

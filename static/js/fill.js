// "Điền cả hàng": the first box of a row copied into every other box of the row, or its tick into every tick.
(function () {
  "use strict";
  document.querySelectorAll("[data-fill]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = Array.from(button.closest("tr").querySelectorAll("td input"));
      const first = boxes.find((box) => box.type === "checkbox" || box.value.trim()) || boxes[0];
      boxes.forEach((box) => {
        if (box.type === "checkbox") box.checked = first.checked;
        else box.value = first.value;
      });
      first.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();

// Ticking rows of a list: a tick for the whole page, how many are ticked, and "all of the filter" instead of single ones.
(function () {
  "use strict";
  document.querySelectorAll("form[data-picking]").forEach((form) => {
    const ticks = () => Array.from(form.elements).filter((field) => field.hasAttribute("data-pick"));
    const page = form.querySelector("[data-pick-page]");
    const everything = form.querySelector("[data-pick-everything]");
    const shown = form.querySelector("[data-picked]");
    const said = form.querySelector("[data-pick-say]");
    form.querySelectorAll("[data-needs-script]").forEach((part) => (part.hidden = false));

    const count = () => {
      const all = ticks();
      const chosen = all.filter((tick) => tick.checked).length;
      if (page) {
        page.checked = chosen > 0 && chosen === all.length;
        page.indeterminate = chosen > 0 && chosen < all.length;
        page.disabled = Boolean(everything && everything.checked);
      }
      all.forEach((tick) => (tick.disabled = Boolean(everything && everything.checked)));
      const number = everything && everything.checked ? Number(everything.value) : chosen;
      if (shown) shown.textContent = number ? " (" + number.toLocaleString("vi-VN") + ")" : "";
      if (said) said.textContent = "Đã chọn " + number + " trẻ em";
    };

    document.addEventListener("change", (event) => {
      const field = event.target;
      if (field.form !== form) return;
      if (field === page) ticks().forEach((tick) => (tick.checked = page.checked));
      count();
    });
    window.addEventListener("pageshow", count);
    count();
  });
})();

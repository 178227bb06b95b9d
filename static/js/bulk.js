// Ticking rows of a list: a tick for the whole page, how many are ticked, "all of the filter" instead of single ones, and
// ticks that are kept (by the server, for this filter) when the next page is opened. Nothing stays in the browser.
(function () {
  "use strict";
  document.querySelectorAll("form[data-picking]").forEach((form) => {
    const ticks = () => Array.from(form.elements).filter((field) => field.hasAttribute("data-pick"));
    const page = form.querySelector("[data-pick-page]");
    const everything = form.querySelector("[data-pick-everything]");
    const shown = form.querySelector("[data-picked]");
    const said = form.querySelector("[data-pick-say]");
    const elsewhere = Number(form.dataset.elsewhere || 0);
    form.querySelectorAll("[data-needs-script]").forEach((part) => (part.hidden = false));

    const whole = () => Boolean(everything && everything.checked);
    const count = () => {
      const all = ticks();
      const here = all.filter((tick) => tick.checked).length;
      if (page) {
        page.checked = here > 0 && here === all.length;
        page.indeterminate = here > 0 && here < all.length;
        page.disabled = whole();
      }
      all.forEach((tick) => (tick.disabled = whole()));
      const number = whole() ? Number(everything.value) : elsewhere + here;
      if (shown) shown.textContent = number ? " (" + number.toLocaleString("vi-VN") + ")" : "";
      if (said) said.textContent = "Đã chọn " + number + " trẻ em";
    };

    document.addEventListener("change", (event) => {
      const field = event.target;
      if (field.form !== form) return;
      if (field === page) ticks().forEach((tick) => (tick.checked = page.checked));
      count();
    });
    document.querySelectorAll("[data-pick-pages] a").forEach((link) => {
      link.addEventListener("click", (event) => {
        if (whole() || !ticks().some((tick) => tick.checked !== tick.defaultChecked)) return;
        event.preventDefault();
        form.elements.to.value = new URL(link.href).search;
        form.action = form.dataset.keep;
        form.submit();
      });
    });
    window.addEventListener("pageshow", count);
    count();
  });
})();

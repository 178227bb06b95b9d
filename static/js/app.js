// Small helps for every page, hung on data- attributes. Every page also works without them, only less comfortably.
(function () {
  "use strict";
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const visible = (element) => element.offsetParent !== null;

  // htmx notes the current path in the browser; nothing of an officer's work stays there.
  try {
    window.sessionStorage.clear();
  } catch (error) {
    // no storage, nothing to clear
  }

  // Forms: sent once, saved with Ctrl+S, never sent by a stray Enter, never left with unsaved text unasked.
  const dirty = new Set();
  const saving = (form) => form.method === "post" && form.matches("[data-form]");

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && saving(form)) dirty.add(form);
  });

  // The words beside the boxes travel along: when nothing can be saved, the error page shows each text under its name.
  const nameTexts = (form) => {
    const labels = {};
    all("input[type=text], input:not([type]), input[type=email], input[type=tel], textarea", form).forEach((field) => {
      const label = field.labels && field.labels[0];
      if (field.name && field.value.trim() && label) labels[field.name] = label.firstChild.textContent.trim();
    });
    let holder = form.querySelector("input[name=_labels]");
    if (!holder) {
      holder = document.createElement("input");
      holder.type = "hidden";
      holder.name = "_labels";
      form.append(holder);
    }
    holder.value = JSON.stringify(labels);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    dirty.delete(form);
    if (form.matches("[data-form]")) nameTexts(form);
    if (form.hasAttribute("hx-post") || form.hasAttribute("data-download")) return;
    form.dataset.sent = "1";
    const release = () => {
      delete form.dataset.sent;
      all("button, input[type=submit]", form).forEach((button) => button.removeAttribute("aria-disabled"));
    };
    all("button, input[type=submit]", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    window.setTimeout(release, 15000);
    window.addEventListener("pageshow", release, { once: true });
  });

  window.addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault(), (event.returnValue = "");
  });

  // Where Enter stops on its way through a form: every box that is seen, of radio buttons the chosen one or the first.
  const stops = (form) => {
    const seen = all("input:not([type=hidden]):not([type=file]):not([type=submit]), select, textarea", form).filter(visible);
    const chosen = (radio) => seen.find((field) => field.name === radio.name && field.checked) || seen.find((field) => field.name === radio.name);
    return seen.filter((field) => field.type !== "radio" || field === chosen(field));
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      const form = (document.activeElement && document.activeElement.closest("form[data-form]")) || document.querySelector("form[data-form]");
      if (!form) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]") || form.querySelector("[type=submit]"));
      return;
    }
    if (event.key !== "Enter" || event.isComposing) return;
    const form = event.target.form;
    if (!form || !saving(form)) return;
    if (event.ctrlKey || event.metaKey) {
      const again = form.querySelector("[data-again]");
      if (again) event.preventDefault(), form.requestSubmit(again);
      return;
    }
    if (!event.target.matches("input, select") || event.target.matches("[type=submit], [type=file]")) return;
    const fields = stops(form);
    if (fields.length < 2) return;
    event.preventDefault();
    const here = fields.findIndex((field) => field === event.target || (field.type === "radio" && field.name === event.target.name));
    const next = fields[here + 1] || form.querySelector("[data-save]") || form.querySelector("[type=submit]");
    if (next) next.focus();
  });

  // Filters apply at once and leave nothing empty in the address; the caret comes back to where it was.
  all("form[data-autosubmit]").forEach((form) => {
    let timer;
    form.addEventListener("change", (event) => {
      window.clearTimeout(timer);
      const id = event.target.id;
      timer = window.setTimeout(() => {
        form.action = form.action.split("#")[0] + (id ? "#" + id : "");
        form.requestSubmit();
      }, 350);
    });
    form.addEventListener("submit", () => {
      all("input, select", form).forEach((field) => {
        if (field.value === "") field.disabled = true;
      });
    });
    window.addEventListener("pageshow", () => all("input, select", form).forEach((field) => (field.disabled = false)));
  });
  if (window.location.hash.length > 1) {
    const target = document.getElementById(window.location.hash.slice(1));
    if (target && target.matches("form[data-autosubmit] input, form[data-autosubmit] select")) target.focus({ preventScroll: true });
  }

  // Lists: the whole row opens what its first link opens.
  const rowLink = (row) => row.querySelector(":scope > :first-child a[href]");
  const markRows = (root) =>
    all("table.list > tbody > tr", root).forEach((row) => {
      if (rowLink(row)) row.dataset.row = "";
    });
  markRows();
  document.addEventListener("click", (event) => {
    const row = event.target.closest && event.target.closest("tr[data-row]");
    if (!row || event.target.closest("a, button, input, select, label, summary, textarea")) return;
    if (window.getSelection && String(window.getSelection())) return;
    const link = rowLink(row);
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });

  // Errors: the summary takes the focus, its links lead into the field.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("[data-error-summary] a");
    if (!link) return;
    const place = document.getElementById(link.hash.slice(1));
    const field = place && (place.matches("input, select, textarea") ? place : place.querySelector("input, select, textarea"));
    if (!field) return;
    event.preventDefault();
    place.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });

  // Menu on a phone.
  all("[data-menu-toggle]").forEach((button) => {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => {
      const open = menu.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
  });

  // The boxes that find a child: arrows walk the answers, Enter opens the only one, Escape closes them, "/" comes here.
  const searches = all("[data-search]");
  searches.forEach((search) => {
    const found = search.querySelector(".found");
    const input = search.querySelector("input[type=search]");
    const close = () => found.replaceChildren();
    let answered = null; // the text to which the answers belong
    let asked = "";
    search.addEventListener("htmx:beforeRequest", () => (asked = input.value));
    search.addEventListener("htmx:afterSwap", () => (answered = asked));
    document.addEventListener("click", (event) => {
      if (!search.contains(event.target)) close();
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        close();
        input.focus();
      }
      const links = all("a[href], button", found);
      if (event.key === "Enter" && event.target === input && !event.isComposing && answered === input.value) {
        const answers = all("a[href]", found);
        if (answers.length !== 1) return;
        event.preventDefault();
        answers[0].click();
      }
      if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || !links.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const place = links.indexOf(document.activeElement) + step;
      if (place < 0) input.focus();
      else links[Math.min(place, links.length - 1)].focus();
    });
    input.addEventListener("input", () => {
      if (!input.value.trim()) close();
    });
  });
  const slash = (event) => event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (searches.length && slash(event) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      searches[0].querySelector("input[type=search]").focus();
    }
  });

  // htmx: a failed fragment says so in words, in the place that asked for it or above the page.
  const say = (text) => {
    const place = document.querySelector("[data-say]");
    if (place) place.textContent = text;
  };
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401) say("Phiên làm việc đã hết. Hãy đăng nhập lại ở một thẻ mới rồi làm tiếp ở đây.");
    else if (status === 403 || status === 404) say("Không mở được nội dung này. Có thể quyền của anh/chị đã thay đổi; hãy tải lại trang.");
    else say("Chưa tải được. Hãy thử lại sau ít phút.");
  });
  document.addEventListener("htmx:sendError", () => say("Mất kết nối với máy chủ. Hãy kiểm tra mạng rồi thử lại; những gì đã gõ vẫn còn trên trang."));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) say("");
  });
  document.addEventListener("htmx:load", (event) => markRows(event.detail.elt));

  // On a weak line people type before the scripts have come: what stands in a box that finds is looked for all the same.
  document.addEventListener("htmx:load", (event) => {
    const early = all("[data-finds]", event.detail.elt).filter((input) => input.value !== input.defaultValue);
    early.forEach((input) => input.dispatchEvent(new CustomEvent("typed-early")));
  });

  // Text that was typed and could not be saved: copy it, or send it again once signed in.
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const terms = all("dt", source).map((term) => term.textContent.trim() + ": " + term.nextElementSibling.textContent);
    const lines = terms.length ? terms : [source.innerText];
    const said = () => (button.nextElementSibling.textContent = "Đã chép.");
    if (navigator.clipboard) navigator.clipboard.writeText(lines.join("\n")).then(said);
    else window.getSelection().selectAllChildren(source);
  });
  const renew = document.querySelector("form[data-renew]");
  if (renew) {
    const refresh = () =>
      fetch(renew.dataset.renew, { headers: { Accept: "application/json" } })
        .then((answer) => answer.json())
        .then((session) => {
          renew.querySelector("[name=csrfmiddlewaretoken]").value = session.token;
          renew.querySelector("[data-resend]").disabled = !session.signed_in;
          const note = renew.querySelector("[data-resend-note]");
          if (session.signed_in && note) note.textContent = "Đã đăng nhập. Bấm để gửi lại những gì đã gõ.";
        })
        .catch(() => {});
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
    window.addEventListener("focus", refresh);
  }

  // Print and back buttons.
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-print]");
    if (button) window.print();
  });
})();

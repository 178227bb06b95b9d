// Keeps what is typed in a form on the server, so that a lost line, a crash or an ended session loses at most some seconds.
// Hung on data-draft (the ticket of the form); nothing of an officer's work is stored in the browser.
(function () {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const QUIET = 4000; // ms after the last key
  const LONGEST = 20000; // ms between two drafts while somebody types on
  const NEVER = ["csrfmiddlewaretoken", "_labels", "_draft", "_draft_page"];
  const page = form.dataset.draftPage;
  let known = Number(form.dataset.draftVersion);
  let timer = null;
  let since = null;
  let kept = null;
  let sending = null;
  let stopped = false;

  const note = document.createElement("span");
  note.className = "saved";
  note.setAttribute("role", "status");
  form.querySelector(".form-actions").append(note);

  const fields = () =>
    Array.from(form.elements).filter((field) => field.name && !NEVER.includes(field.name) && !["password", "file", "submit", "button", "fieldset"].includes(field.type));
  const pairs = () => {
    const found = [];
    fields().forEach((field) => {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) found.push([field.name, field.value]);
      } else if (field.multiple) {
        Array.from(field.selectedOptions).forEach((option) => found.push([field.name, option.value]));
      } else found.push([field.name, field.value]);
    });
    return JSON.stringify(found);
  };
  const ask = (url, options) =>
    fetch(url, { credentials: "same-origin", ...options, headers: { "X-Draft": form.dataset.draft, "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value } });

  const keep = (last) => {
    window.clearTimeout(timer);
    since = null;
    const text = pairs();
    if (stopped || text === kept || (sending && !last)) return;
    sending = new AbortController();
    const body = new URLSearchParams({ page: page, known: String(known), fields: text });
    ask("/nhap/", { method: "POST", body: body, keepalive: Boolean(last), signal: sending.signal })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((answer) => {
        if (answer.closed) return;
        known = answer.version;
        kept = text;
        note.textContent = "Đã lưu nháp lúc " + answer.at;
      })
      .catch((reason) => {
        if (stopped) return;
        if (reason === 409) {
          stopped = true;
          note.textContent = "Biểu mẫu này đang mở ở một thẻ khác và ở đó có bản nháp mới hơn: nội dung ở thẻ này chưa được lưu nháp.";
        } else if (reason === 401) note.textContent = "Phiên làm việc đã hết nên chưa lưu nháp được. Hãy đăng nhập lại ở một thẻ mới; những gì đã gõ vẫn còn trên trang.";
        else note.textContent = "Chưa lưu nháp được, sẽ thử lại. Những gì đã gõ vẫn còn trên trang.";
        if (!stopped) timer = window.setTimeout(keep, LONGEST);
      })
      .finally(() => {
        sending = null;
        if (!stopped && since) soon();
      });
  };
  const soon = () => {
    if (stopped) return;
    since = since || Date.now();
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && (timer || since)) keep(true);
  });

  // Saving closes the draft: the server is told which one, and no late message of this page follows.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    [["_draft", form.dataset.draft], ["_draft_page", page]].forEach(([name, value]) => {
      const holder = form.querySelector('input[name="' + name + '"]') || document.createElement("input");
      holder.type = "hidden";
      holder.name = name;
      holder.value = value;
      form.append(holder);
    });
    stopped = true;
    window.clearTimeout(timer);
    if (sending) sending.abort();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });

  // Coming back: what was typed stands in the boxes again, with a sentence that says so.
  const fill = (found) => {
    const values = {};
    found.forEach(([name, value]) => (values[name] = values[name] || []).push(value));
    fields().forEach((field) => {
      const mine = values[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
      else if (field.multiple) Array.from(field.options).forEach((option) => (option.selected = mine.includes(option.value)));
      else if (mine.length) field.value = mine.shift();
      if (field.value && field.type !== "hidden" && field.type !== "radio" && field.type !== "checkbox") {
        const closed = field.closest("details:not([open])");
        if (closed) closed.open = true;
      }
    });
  };
  const say = (at) => {
    const told = document.createElement("div");
    told.className = "alert alert-info";
    told.setAttribute("role", "status");
    const words = document.createElement("p");
    words.className = "mb-2";
    words.textContent = "Đây là bản nháp anh/chị gõ dở, lưu lúc " + at + ". Bản nháp chưa được ghi vào sổ: hãy xem lại rồi bấm Lưu.";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-secondary btn-sm";
    drop.textContent = "Bỏ bản nháp, mở lại biểu mẫu";
    drop.addEventListener("click", () => {
      stopped = true;
      ask("/nhap/bo/", { method: "POST", body: new URLSearchParams({ page: page }) }).then((answer) => {
        if (answer.ok) window.location.reload();
        else stopped = false;
      });
    });
    told.append(words, drop);
    form.before(told);
  };
  if (form.hasAttribute("data-draft-fresh") && known)
    ask("/nhap/", {})
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((answer) => {
        fill(answer.fields);
        known = answer.version;
        kept = pairs();
        say(answer.at);
      })
      .catch(() => {});
})();

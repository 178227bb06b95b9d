// Ticking children on a weak line: each row says whether it is saved; what could not be sent is sent again by itself.
(function () {
  "use strict";
  const waiting = new Set();
  const head = document.querySelector("[data-review-unsaved]");
  const rowOf = (event) => event.target.closest && event.target.closest("form[data-review]");
  const said = (form) => form.querySelector(".review-said");
  const AGAIN = 5000;

  const show = () => {
    const number = waiting.size;
    if (head) head.textContent = number ? number + " trẻ chưa lưu" : "";
  };
  const keep = (form, text) => {
    waiting.add(form);
    form.classList.add("is-unsaved");
    said(form).textContent = text;
    show();
  };
  const send = (form) => {
    if (waiting.has(form) && form.querySelector("input[name=answer]:checked")) window.htmx.trigger(form, "change");
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = rowOf(event);
    if (form) keep(form, "Đang lưu…");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = rowOf(event);
    if (!form || !event.detail.successful) return;
    waiting.delete(form);
    form.classList.remove("is-unsaved");
    show();
  });
  const failed = (event) => {
    const form = rowOf(event);
    if (!form) return;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (status === 401 || status === 403) return keep(form, "Chưa lưu. Phiên làm việc đã hết: hãy đăng nhập ở một thẻ mới, rồi bấm lại.");
    if (status === 400 || status === 404) return keep(form, "Chưa lưu. Danh sách đã thay đổi: hãy tải lại trang.");
    if (status === 409) {
      waiting.delete(form);
      return show();
    }
    keep(form, "Chưa lưu. Mạng yếu, sẽ tự gửi lại.");
    window.setTimeout(() => send(form), AGAIN);
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);
  document.addEventListener("htmx:responseError", failed);
  window.addEventListener("online", () => Array.from(waiting).forEach(send));
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
})();

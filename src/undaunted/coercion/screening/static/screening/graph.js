// A picture of owners: larger, smaller, moved by hand, and folded holders opened in place.
// Without script the picture scrolls, and its links and buttons do the rest.
"use strict";

(() => {
  const STEP = 1.25, LEAST = 0.15, MOST = 3;

  function begin(figure) {
    const tools = figure.querySelector("[data-graph-tools]");
    const pane = figure.querySelector(".graph");
    const svg = pane && pane.querySelector("svg");
    if (!tools || !svg) return;
    const wide = svg.viewBox.baseVal.width, high = svg.viewBox.baseVal.height;
    const whole = () => Math.min(1, pane.clientWidth / wide, pane.clientHeight / high);
    let scale = svg.getBoundingClientRect().width / wide || 1;

    function zoom(to) {
      pane.classList.remove("whole");
      const [x, y] = [
        (pane.scrollLeft + pane.clientWidth / 2) / scale,
        (pane.scrollTop + pane.clientHeight / 2) / scale,
      ];
      scale = Math.min(MOST, Math.max(Math.min(LEAST, whole()), to));
      svg.setAttribute("width", wide * scale);
      svg.setAttribute("height", high * scale);
      pane.scrollTo(x * scale - pane.clientWidth / 2, y * scale - pane.clientHeight / 2);
    }

    // Of a picture wider than its frame the company that was asked about is seen first.
    const asked = svg.querySelector("[data-asked]");
    if (asked && pane.scrollWidth > pane.clientWidth) {
      const seen = asked.getBoundingClientRect(), frame = pane.getBoundingClientRect();
      pane.scrollBy(
        seen.left + seen.width / 2 - frame.left - pane.clientWidth / 2,
        seen.bottom - frame.top - pane.clientHeight + 24,
      );
    }

    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-graph-zoom]");
      if (!button) return;
      const way = button.dataset.graphZoom;
      if (way === "larger") zoom(scale * STEP);
      else if (way === "smaller") zoom(scale / STEP);
      else zoom(whole());
    });
    pane.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? scale * STEP : scale / STEP);
    }, { passive: false });

    let from = null;
    pane.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button || event.target.closest("a")) return;
      from = [event.clientX + pane.scrollLeft, event.clientY + pane.scrollTop];
      pane.setPointerCapture(event.pointerId);
    });
    pane.addEventListener("pointermove", (event) => {
      if (from) pane.scrollTo(from[0] - event.clientX, from[1] - event.clientY);
    });
    for (const over of ["pointerup", "pointercancel"]) {
      pane.addEventListener(over, () => { from = null; });
    }
    figure.addEventListener("click", (event) => follow(figure, event));
    figure.addEventListener("submit", (event) => send(figure, event));
  }

  function follow(figure, event) {
    const link = event.target.closest("svg a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const company = link.dataset.company;
    const button = [...figure.querySelectorAll("button[name=opened]")]
      .find((each) => each.value === company);
    event.preventDefault();
    if (button) button.click();
    else replace(figure, link.getAttribute("href"), {});
  }

  function send(figure, event) {
    const form = event.target;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    replace(figure, form.action, { method: "POST", body }, () => form.submit());
  }

  async function replace(figure, address, how, otherwise) {
    try {
      const answer = await fetch(address, { ...how, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const drawn = page.querySelector("[data-graph]");
      if (!drawn) throw new Error("no picture");
      figure.replaceWith(document.adoptNode(drawn));
      begin(drawn);
      drawn.querySelector(".graph").focus({ preventScroll: true });
    } catch {
      if (otherwise) otherwise();
      else location.assign(address);
    }
  }

  document.querySelectorAll("[data-graph]").forEach(begin);
})();

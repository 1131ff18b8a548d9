// Makes of each link marked data-reglo a button that opens Réglo in a frame below it. Without this script, or where it
// may not run, the link leads to Réglo as any other does.
(() => { // the page around it keeps its own names
  const address = new URL("../", document.currentScript.src).href;
  // It may run its own scripts and send its own forms; it may not touch the page around it, nor lead it elsewhere.
  const allowed = "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";

  function frame(title) {
    const made = document.createElement("iframe");
    Object.assign(made, { src: address, title, referrerPolicy: "no-referrer" });
    made.setAttribute("sandbox", allowed);
    Object.assign(made.style, { display: "block", width: "100%", height: "min(44rem, 85vh)", border: "1px solid", boxSizing: "border-box" });
    return made;
  }

  function opener(link, panel) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = link.textContent;
    button.className = link.className;
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", panel.id);
    button.addEventListener("click", () => {
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
      if (panel.hidden) return;
      if (!panel.querySelector("iframe")) panel.prepend(frame(link.title || link.textContent.trim()));
      panel.querySelector("iframe").focus();
    });
    return button;
  }

  document.querySelectorAll("a[data-reglo]").forEach((link) => {
    if (link.closest("[data-reglo-panel]")) return; // done by another copy of this script
    const panel = document.createElement("div");
    panel.dataset.regloPanel = "";
    panel.id = `reglo-${document.querySelectorAll("[data-reglo-panel]").length + 1}`;
    panel.hidden = true;
    link.before(opener(link, panel), panel);
    panel.append(link); // below the frame: the way to the whole page
  });
})();

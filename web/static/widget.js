// Makes of each link marked data-reglo a button that opens Réglo in a frame below it. Without this script, or where it
// may not run, the link leads to Réglo as any other does.
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

document.querySelectorAll("a[data-reglo]").forEach((link, number) => {
  const panel = document.createElement("div");
  panel.id = `reglo-${number + 1}`;
  panel.hidden = true;
  link.before(opener(link, panel), panel);
  panel.append(link); // below the frame: the way to the whole page
});

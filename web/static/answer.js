// Under an answer: copy, print, and thanks without leaving the page. Without this script the last is a page of its own.
// What is said stands in the page, in its language.
const reveal = (part) => {
  for (const button of part.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
};

function said(part) {
  const done = part.closest(".answer").querySelector(".done");
  return { done, ...done.dataset };
}

async function copy(button) {
  const { done, sayCopied, saySelect } = said(button);
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    done.textContent = sayCopied;
  } catch {
    done.textContent = saySelect;
  }
}

async function thank(form, submitter) {
  const place = form.closest(".feedback");
  const body = new URLSearchParams([...new FormData(form, submitter)]);
  const response = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const thanks = document.adoptNode(page.querySelector(".thanks"));
  const title = document.createElement("p");
  title.textContent = thanks.querySelector("h1").textContent;
  thanks.querySelector("h1").replaceWith(title);
  thanks.setAttribute("role", "status");
  thanks.tabIndex = -1;
  place.replaceWith(thanks);
  thanks.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy) copy(button);
  if (button && "print" in button.dataset) window.print();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("feedback" in form.dataset)) return;
  event.preventDefault();
  thank(form, event.submitter).catch(() => {
    const { done, sayUnsent } = said(form);
    done.textContent = sayUnsent;
  });
});

document.addEventListener("answered", (event) => reveal(event.detail));
reveal(document);

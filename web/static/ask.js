// Enter sends the question, Shift + Enter starts a new line. Without this script the button does as much.
const question = document.querySelector("#question");

question?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (question.value.trim()) question.form.requestSubmit();
});

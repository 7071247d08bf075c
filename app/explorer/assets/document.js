/* A document with the words marked. All of it is text: nothing in a filing is taken for HTML. */
export default function ({ parentElement, data }) {
  const text = parentElement.querySelector(".text");
  const words = document.createElement("mark");
  words.textContent = data.quote;
  text.replaceChildren(data.before, words, data.after);
  requestAnimationFrame(() => words.scrollIntoView({ block: "center" }));
}

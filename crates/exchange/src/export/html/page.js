const form = document.querySelector("form");
const input = document.getElementById("search");
const count = document.getElementById("count");
const entries = Array.from(document.querySelectorAll("article"), (element) => [element, element.textContent.toLowerCase()]);
const search = () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const [element, text] of entries) {
    element.hidden = !words.every((word) => text.includes(word));
    found += element.hidden ? 0 : 1;
  }
  count.textContent = words.length ? `找到 ${found} 条` : "";
};
form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("input", search);

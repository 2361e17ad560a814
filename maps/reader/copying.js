// A passage's address and its citation, to the clipboard.
import { h } from "./dom.js";
import { passageHash } from "./route.js";
import { longDate, put, WORDS } from "./words.js";

/** The passage in quotation marks, and where and when it was published. */
export const citation = ({ article, start, end }) => {
  const said = article.text.slice(start, end).replace(/\s+/g, " ").trim();
  const title = article.title.trim();
  const source = [
    title && put(WORDS.quoted, title),
    article.publisher.trim(),
    article.published ? `${longDate(article.published)}${article.inferred ? ` (${WORDS.inferred})` : ""}` : "",
    article.url,
  ];
  return `${put(WORDS.quoted, said)} — ${source.filter(Boolean).join(", ")}`;
};

/** The address of a passage in this page, without what is filtered now. */
export const linkTo = (passage) => `${location.href.split("#")[0]}${passageHash(passage)}`;

const write = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // a frame that may not, or a browser that asks for a secure page
  }
};

/** A button that copies `text()` and says so; where that is not allowed, the text to copy by hand. */
export const copyButton = (label, name, key, text, say) => {
  const button = h(
    "button",
    { class: "link copy", type: "button", "aria-label": name, title: name, "data-key": key },
    label,
  );
  button.addEventListener("click", async () => {
    const copied = await write(text());
    if (copied) {
      button.textContent = WORDS.copied;
      button.setAttribute("aria-label", WORDS.copied);
      say(WORDS.copied);
      setTimeout(() => {
        button.textContent = label;
        button.setAttribute("aria-label", name);
      }, 2000);
      return;
    }
    say(WORDS.notCopied);
    const field = h("textarea", { class: "by-hand", readonly: true, rows: "3", "aria-label": WORDS.notCopied });
    field.value = text();
    button.replaceWith(h("span", { class: "by-hand-row" }, h("span", {}, WORDS.notCopied), field));
    field.focus();
    field.select();
  });
  return button;
};

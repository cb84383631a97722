// Comforts on top of pages that work without them. No sentence is written here: every word shown
// comes from a data attribute, so that it can be translated. What each attribute does:
//
//   data-search               "/" puts the focus here (else the first search field)
//   data-opens="id"           opens the dialog of that id; "?" opens #keys
//   data-keys-switch          a tick that turns "/" and "?" off (WCAG 2.1.4)
//   form[data-save]           Ctrl+Enter clicks its [data-save-next], else its [data-save] button;
//                             Esc clicks its [data-cancel]
//   form[data-draft="/url"]   what is typed is sent there as a form, 800 ms after the last key
//   data-draft-state          inside that form: shows its data-saved, -failed, -refused or -ended words
//   data-announce="words"     said by the live region when swapped in (also <template data-announce>)
//   data-submits              a field that sends its form when it changes (filters)
//   body[data-offline]        said when a request finds no server
(() => {
  "use strict";

  const root = document.documentElement;
  const KEYS = "tracker-keys";
  root.classList.add("js");

  // Announcing

  const announce = (words) => {
    const live = document.getElementById("live");
    if (!live || !words) return;
    // The same words twice are not a change, and would not be said again.
    live.textContent = live.textContent === words ? `${words}\u00a0` : words;
  };

  const announceWithin = (node) => {
    if (!(node instanceof Element)) return;
    for (const said of [node, ...node.querySelectorAll("[data-announce]")]) {
      if (!said.hasAttribute("data-announce")) continue;
      announce(said.dataset.announce || (said.content ?? said).textContent.trim());
      // Once said, a later swap around it must not say it again.
      said.removeAttribute("data-announce");
    }
  };

  // Keys

  const keysWanted = () => {
    try { return localStorage.getItem(KEYS) !== "off"; } catch { return true; }
  };

  const isTyping = (target) =>
    target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=submit])");

  const open = (id) => {
    const dialog = document.getElementById(id);
    if (dialog?.showModal && !dialog.open) dialog.showModal();
  };

  const onKey = (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const form = event.target.closest?.("form[data-save]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      (form.querySelector("[data-save-next]") ?? form.querySelector("[data-save]"))?.click();
    } else if (event.key === "Escape" && form && !document.querySelector("dialog[open]")) {
      form.querySelector("[data-cancel]")?.click();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && keysWanted()) {
      if (event.key === "/") {
        const search = document.querySelector("[data-search]") ?? document.querySelector("input[type=search]");
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === "?") {
        event.preventDefault();
        open("keys");
      }
    }
  };

  // Drafts: sent to the server under the account, never kept in the browser of a shared ward PC

  const DELAY = 800;
  const RETRY = [2000, 5000, 10000, 30000];
  const drafts = new WeakMap();

  const draftOf = (form) => {
    if (!drafts.has(form)) drafts.set(form, { timer: 0, tries: 0, unsent: false, request: null });
    return drafts.get(form);
  };

  const show = (form, outcome) => {
    const state = form.querySelector("[data-draft-state]");
    if (!state) return;
    const words = state.dataset[outcome] ?? "";
    if (outcome !== "saved" && state.textContent !== words) announce(words);
    state.textContent = words;
    state.classList.toggle("is-failed", outcome !== "saved");
  };

  const bodyOf = (form) => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    return body;
  };

  const sendDraft = async (form) => {
    const draft = draftOf(form);
    clearTimeout(draft.timer);
    if (!form.isConnected || !draft.unsent) return;
    draft.request?.abort();
    const request = (draft.request = new AbortController());
    draft.unsent = false;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body: bodyOf(form), credentials: "same-origin", signal: request.signal,
      });
      // A refusal (an NHS number, a lost session) is told when the form is sent; asking again changes nothing.
      if (answer.status >= 500) throw new Error(String(answer.status));
      draft.tries = 0;
      show(form, answer.ok ? "saved" : answer.status === 401 ? "ended" : "refused");
    } catch {
      if (request.signal.aborted) return;
      draft.unsent = true;
      show(form, "failed");
      draft.timer = setTimeout(() => sendDraft(form), RETRY[Math.min(draft.tries++, RETRY.length - 1)]);
    }
  };

  const onInput = (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft) return;
    const draft = draftOf(form);
    draft.unsent = true;
    clearTimeout(draft.timer);
    draft.timer = setTimeout(() => sendDraft(form), DELAY);
  };

  // A draft that arrives after the real save would come back as if it had never been sent.
  const dropDraft = (form) => {
    const draft = drafts.get(form);
    if (!draft) return;
    clearTimeout(draft.timer);
    draft.request?.abort();
    draft.unsent = false;
  };

  const eachUnsent = (act) => {
    for (const form of document.querySelectorAll("form[data-draft]")) if (drafts.get(form)?.unsent) act(form);
  };

  // htmx

  const onSwapped = (event) => {
    for (const node of event.detail?.newContent ?? []) announceWithin(node);
  };

  const onFailed = (event) => {
    const form = event.detail?.ctx?.sourceElement?.closest?.("form");
    if (form?.dataset.draft) {
      const draft = draftOf(form);
      draft.unsent = true;
      draft.timer = setTimeout(() => sendDraft(form), RETRY[0]);
      show(form, "failed");
    } else {
      announce(document.body.dataset.offline);
    }
  };

  document.addEventListener("keydown", onKey);
  document.addEventListener("input", onInput);
  document.addEventListener("submit", (event) => dropDraft(event.target), true);
  document.addEventListener("htmx:after:settle", onSwapped);
  document.addEventListener("htmx:error", onFailed);
  // Sent by the header HX-Trigger: {"announce": "Saved 1.04"}
  document.addEventListener("announce", (event) => announce(event.detail?.value));

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) open(opener.dataset.opens);
    // Leaving within the moment that a draft waits for: it is sent now, while the form is still there.
    const left = event.target.closest?.("[data-cancel]")?.closest("form");
    if (left?.dataset.draft) sendDraft(left);
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-switch]")) {
      try { localStorage.setItem(KEYS, event.target.checked ? "on" : "off"); } catch { /* the choice lasts for this page */ }
    } else if (event.target.matches("[data-submits]")) {
      event.target.form?.requestSubmit();
    }
  });

  addEventListener("online", () => eachUnsent(sendDraft));
  addEventListener("pagehide", () => eachUnsent((form) => {
    draftOf(form).unsent = false;
    navigator.sendBeacon(form.dataset.draft, bodyOf(form));
  }));

  const keysSwitch = document.querySelector("[data-keys-switch]");
  if (keysSwitch) keysSwitch.checked = keysWanted();
})();

// On which day a reader looked here last, kept in this browser only.
// Without this file a reader chooses the day.

const KEY = "nieuw";
const link = document.querySelector("[data-vorig-bezoek]");
// As dates are written there: 2026-03-04, by the reader's own clock.
const today = new Date().toLocaleDateString("sv-SE");

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

let kept = read();
// Who looks twice on one day wants what changed since the day before that.
if (kept.laatst !== today) {
  kept = { vorig: kept.laatst, laatst: today };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is off: a reader chooses the day.
  }
}

if (/^\d{4}-\d\d-\d\d$/.test(kept.vorig)) {
  link.search = `?sinds=${kept.vorig}`;
  link.hidden = false;
}

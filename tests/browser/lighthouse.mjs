// Lighthouse (mobile) over every address on standard input, in one Chromium.
// Prints one JSON line per page: the scores and what kept a score below 100.
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse, { defaultConfig } from "lighthouse";

// Audits without weight count for no score: half of them, and a third of the time.
const weights = Object.values(defaultConfig.categories).flatMap(({ auditRefs }) => auditRefs);
const counting = new Set(weights.filter(({ weight }) => weight).map(({ id }) => id));
const skipAudits = weights.map(({ id }) => id).filter((id) => !counting.has(id));
// Pages made by a reader's choices are kept out of search engines on purpose.
skipAudits.push("is-crawlable");

const chrome = await launch({
  chromePath: process.env.CHROMIUM,
  chromeFlags: [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
    "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
try {
  for await (const url of createInterface({ input: process.stdin })) {
    const { lhr } = await lighthouse(url, {
      port: chrome.port,
      logLevel: "silent",
      skipAudits,
      disableFullPageScreenshot: true,
      // Our pages do nothing more once they are there: no whole second of waiting.
      pauseAfterFcpMs: 300,
      pauseAfterLoadMs: 300,
      networkQuietThresholdMs: 300,
      cpuQuietThresholdMs: 300,
    });
    const scores = {};
    const failed = [];
    for (const [name, category] of Object.entries(lhr.categories)) {
      scores[name] = category.score === null ? null : Math.round(category.score * 100);
      for (const { id, weight } of category.auditRefs) {
        const { score, displayValue } = lhr.audits[id];
        if (weight && score !== null && score < 1) {
          failed.push(`${id} ${displayValue ?? score}`);
        }
      }
    }
    const cls = lhr.audits["cumulative-layout-shift"].numericValue;
    console.log(JSON.stringify({ url, scores, cls, failed }));
  }
} finally {
  await chrome.kill();
}

// Lighthouse as a phone (DESIGN.md §9) on the pages a resident walks through, against a running
// `cargo demo`. Each page is looked at three times; the middle counts.
//
//   cd e2e/load && npm ci && npm run lighthouse -- http://seika.localhost:8080
//
// CHROME_PATH says where Chromium is, if it is not found by itself.
import http from "node:http";
import process from "node:process";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const TIMES = 3;
const WANTED = { performance: 95, accessibility: 100, "best-practices": 100 };
// A container has no user namespaces and little shared memory; nothing here browses the web.
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
];

const base = new URL(process.argv[2] ?? "http://seika.localhost:8080");

/** A page's HTML. Node does not resolve `*.localhost`, browsers do. */
function html(path) {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: base.port, path, headers: { host: base.host } };
    const request = http.get(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => (text += part));
      answer.on("end", () => resolve(text));
    });
    request.on("error", reject);
  });
}

/** The first link of a page that begins so. */
async function link(page, start) {
  const found = (await html(page)).match(new RegExp(`href="(${start}[^"]*)"`));
  if (!found) throw new Error(`${page} has no link to ${start}…`);
  return found[1].replaceAll("&amp;", "&");
}

/** What people see on the way to a booking. */
async function pages() {
  const facility = await link("/", "/facilities/");
  const room = await link(facility, "/rooms/");
  const form = await link(room, "/rooms/[^\"/]*/book\\?");
  return ["/", facility, room, form, "/sign-in"];
}

const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function look(port, path) {
  const scores = Object.fromEntries(Object.keys(WANTED).map((category) => [category, []]));
  const times = { "largest-contentful-paint": [], "total-blocking-time": [] };
  const failed = new Set();
  for (let time = 0; time < TIMES; time += 1) {
    const { lhr } = await lighthouse(new URL(path, base).href, {
      port,
      onlyCategories: Object.keys(WANTED),
      logLevel: "error",
    });
    for (const category of Object.keys(WANTED)) {
      scores[category].push(Math.round(lhr.categories[category].score * 100));
      for (const { id, weight } of lhr.categories[category].auditRefs) {
        const { score } = lhr.audits[id];
        if (weight > 0 && score !== null && score < 0.9) failed.add(id);
      }
    }
    for (const audit of Object.keys(times)) times[audit].push(lhr.audits[audit].numericValue);
  }
  return {
    scores: Object.fromEntries(Object.entries(scores).map(([name, all]) => [name, middle(all)])),
    times: Object.values(times).map((all) => `${Math.round(middle(all))} ms`),
    failed: [...failed],
  };
}

const chrome = await launch({ chromeFlags: FLAGS });
let short = false;
try {
  for (const path of await pages()) {
    const { scores, times, failed } = await look(chrome.port, path);
    const line = Object.entries(scores).map(([name, score]) => `${name} ${score}`);
    console.log(`${path}: ${line.join(", ")}; LCP ${times[0]}, TBT ${times[1]}`);
    if (failed.length > 0) console.log(`  below 90: ${failed.join(", ")}`);
    short ||= Object.entries(WANTED).some(([name, wanted]) => scores[name] < wanted);
  }
} finally {
  chrome.kill();
}
process.exitCode = short ? 1 : 0;

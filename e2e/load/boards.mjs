// How soon open boards hear of a booking: many boards follow `/manage/changes` while people book one
// after the other at full speed, against a running `cargo demo`.
//
//   npm ci --prefix e2e && node e2e/load/boards.mjs http://seika.localhost:8080 100
//
// For each booking and each board: from the answer to the booking until the board is told. The
// baseline is the same connection asked for `/healthz` in the same run.
import { randomUUID } from "node:crypto";
import http from "node:http";
import process from "node:process";
import { chromium } from "../node_modules/@playwright/test/index.mjs";

const base = new URL(process.argv[2] ?? "http://seika.localhost:8080");
const boards = Number(process.argv[3] ?? 100);
const ROOM = "mukunoki-study";
const PURPOSE = process.argv[4] ?? "meeting";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

/** The session that somebody gets who presses their way through the sign-in. */
async function cookies(browser, path, press) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL(path, base).href);
  await press(page);
  await page.waitForURL((url) => url.host === base.host);
  if (new URL(page.url()).pathname === "/profile") {
    await page.getByLabel("メールアドレス").fill("load@example.jp");
    await page.getByLabel("電話番号").fill("090-1234-5678");
    await page.getByRole("button", { name: /保存/ }).click();
    await page.waitForLoadState();
  }
  const jar = await context.cookies();
  await context.close();
  return jar.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** A request. Node does not resolve `*.localhost`, browsers do. */
function ask(method, path, cookie, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = { host: base.host, origin: base.origin, cookie };
  if (text !== undefined) {
    headers["content-type"] = "application/json";
    headers["content-length"] = Buffer.byteLength(text);
  }
  const agent = path === "/manage/changes" ? false : keep;
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: base.port, method, path, headers, agent };
    http.request(options, resolve).on("error", reject).end(text);
  });
}
const keep = new http.Agent({ keepAlive: true });

async function read(answer) {
  let text = "";
  for await (const part of answer.setEncoding("utf8")) text += part;
  return text;
}

const middle = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: FLAGS,
});
const staff = await cookies(browser, "/staff/sign-in?return_to=/staff", (page) =>
  page.getByRole("button", { name: "鈴木" }).click(),
);
const resident = await cookies(browser, "/auth/start", (page) =>
  page.getByRole("button", { name: "木下" }).first().click(),
);
await browser.close();

const heard = Array.from({ length: boards }, () => []);
const open = [];
for (const times of heard) {
  const answer = await ask("GET", "/manage/changes", staff);
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${await read(answer)}`);
  answer.on("data", (part) => {
    if (String(part).includes("data:")) times.push(performance.now());
  });
  open.push(answer);
}

const baseline = [];
const booked = [];
for (let day = 3; day < 100; day += 1) {
  const date = new Date(Date.now() + 9 * 3_600_000 + day * 86_400_000).toISOString().slice(0, 10);
  for (let hour = 9; hour < 20; hour += 1) {
    const time = (at) => `${String(at).padStart(2, "0")}:00`;
    const what = { room: ROOM, date, start: time(hour), end: time(hour + 1), people: 3, options: [], attributes: {} };
    const wish = { what, purpose: PURPOSE, note: "", submission: randomUUID() };
    const answer = await ask("POST", "/api/v1/reservations", resident, wish);
    const done = performance.now();
    const text = await read(answer);
    if (answer.statusCode === 201) booked.push(done);
    // Closed, not open for booking, or somebody else's: the next hour.
    else if (!/"(slot|window)\./.test(text)) throw new Error(text);
    const before = performance.now();
    await read(await ask("GET", "/healthz", ""));
    baseline.push(performance.now() - before);
  }
}
await new Promise((resolve) => setTimeout(resolve, 2_000));
for (const answer of open) answer.destroy();

const waits = [];
let missed = 0;
for (const times of heard) {
  for (const done of booked) {
    const first = times.find((time) => time >= done);
    if (first === undefined) missed += 1;
    else waits.push(first - done);
  }
}
const sorted = (numbers) => numbers.sort((one, other) => one - other);
const [told, plain] = [sorted(waits), sorted(baseline)];
const milliseconds = (number) => `${number.toFixed(0)} ms`;
console.log(`${boards} boards, ${booked.length} bookings, ${missed} never told`);
console.log(`told after: p50 ${milliseconds(middle(told, 0.5))}, p99 ${milliseconds(middle(told, 0.99))}`);
console.log(`a plain answer: p50 ${plain[Math.floor(plain.length / 2)].toFixed(1)} ms, p99 ${middle(plain, 0.99).toFixed(1)} ms`);
keep.destroy();

// node run.mjs STANDIN-BINARY-OR-URL: the official SDKs judge the stand-in Stripe.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(process.env.YORIAI_CACHE ?? join(homedir(), ".cache", "yoriai"), "stripe-sdk");
const target = process.argv[2];
if (!target) {
  console.error("usage: node run.mjs STANDIN-BINARY-OR-URL");
  process.exit(2);
}

/** Runs a command to its end; stops everything with one line when it cannot be run or fails. */
function must(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", ...options });
  if (done.status !== 0) {
    console.error(`${command} ${args.join(" ")} failed`);
    console.error(done.error?.message ?? `${done.stdout}${done.stderr}`);
    process.exit(1);
  }
}

/** Installs once for each content of the files that pin the versions. */
function installed(name, pins, install) {
  const hash = createHash("sha256");
  for (const pin of pins) hash.update(readFileSync(join(here, pin)));
  const folder = join(cache, `${name}-${hash.digest("hex").slice(0, 12)}`);
  const mark = join(folder, ".complete");
  if (!existsSync(mark)) {
    mkdirSync(folder, { recursive: true });
    install(folder);
    writeFileSync(mark, "");
  }
  return folder;
}

const python = installed("python", ["requirements.txt"], (folder) => {
  must("python3", ["-m", "venv", folder]);
  must(join(folder, "bin", "pip"), [
    "install", "--quiet", "--disable-pip-version-check", "-r", join(here, "requirements.txt"),
  ]);
});
const node = installed("node", ["package.json", "package-lock.json"], (folder) => {
  for (const pin of ["package.json", "package-lock.json"]) {
    copyFileSync(join(here, pin), join(folder, pin));
  }
  must("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder });
});
// A module finds its packages beside itself, so the check runs from where they are installed.
copyFileSync(join(here, "check.mjs"), join(node, "check.mjs"));

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts the stand-in and waits for its first line, which it prints once it listens. */
async function started(binary) {
  const port = await freePort();
  const args = ["stripe", "--listen", `127.0.0.1:${port}`];
  const child = spawn(resolve(binary), args, { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill());
  await new Promise((ready, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`the stand-in ended with ${code}`)));
    child.stdout.once("data", ready);
  });
  return `http://127.0.0.1:${port}`;
}

let passed = 0;
let failed = 0;

/** Runs one judge and adds up the last line it prints. */
function judge(command, args) {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  process.stdout.write(stdout ?? "");
  const sums = /(\d+) passed, (\d+) failed\s*$/.exec(stdout ?? "");
  if (sums) {
    passed += Number(sums[1]);
    failed += Number(sums[2]);
  } else {
    failed += 1;
    console.error(error?.message ?? stderr);
  }
}

const url = /^https?:/.test(target) ? target : await started(target);
const recorded = join(node, "recorded.ts");
judge(join(python, "bin", "python"), [join(here, "check.py"), url]);
judge(process.execPath, [join(node, "check.mjs"), url, recorded]);

const tsc = spawnSync(
  process.execPath,
  [
    join(node, "node_modules", "typescript", "bin", "tsc"),
    "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck",
    "--module", "nodenext", "--target", "es2023", recorded,
  ],
  { encoding: "utf8", cwd: node },
);
if (tsc.status === 0) {
  passed += 1;
  console.log("ok      tsc: every recorded answer has the type the SDK publishes");
} else {
  failed += 1;
  console.log(`FAILED  tsc:\n${tsc.stdout}${tsc.stderr}`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

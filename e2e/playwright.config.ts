// {phone, desktop} × {JavaScript on, off}. Specs import `test` from ./fixtures.ts.
import { defineConfig, devices } from "@playwright/test";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

function chromium(): string {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  throw new Error("Chromium is missing: sudo apt-get install chromium fonts-noto-cjk");
}

const phone = {
  ...devices["Pixel 7"],
  // The narrow end of what is in people's hands.
  viewport: { width: 360, height: 740 },
};
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 900 } };

// What the server refuses, it refuses on every screen alike; and the looks set their own widths.
const once = /(look|nothing-there|refusals)\.spec\.ts$/;

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // What fails once is wrong once: no retries.
  retries: 0,
  forbidOnly: true,
  fullyParallel: false,
  workers: process.env["CI"] ? 2 : undefined,
  reporter: [["list"]],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    // Nothing a person does here takes longer; without it a wrong name waits for the whole test.
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
      ],
    },
  },
  projects: [
    { name: "phone", use: { ...phone, javaScriptEnabled: true } },
    { name: "phone-without-javascript", use: { ...phone, javaScriptEnabled: false } },
    { name: "desktop", testIgnore: once, use: { ...desktop, javaScriptEnabled: true } },
    {
      name: "desktop-without-javascript",
      testIgnore: once,
      use: { ...desktop, javaScriptEnabled: false },
    },
  ],
});

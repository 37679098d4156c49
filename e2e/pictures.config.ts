// The pictures of docs/: taken from a running `cargo demo` by `npm run pictures`.
import { defineConfig } from "@playwright/test";

import tests from "./playwright.config.ts";

export default defineConfig({
  testDir: "pictures",
  outputDir: "test-results",
  reporter: [["list"]],
  timeout: 60_000,
  use: { ...tests.use, viewport: { width: 1024, height: 960 } },
});

// Where the running system listens. `cargo demo` and `cargo verify` write the file; a person may
// run `npx playwright test` against their own `cargo demo`.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Addresses {
  /** The towns' own sites, `http://{town}.localhost:{port}`. */
  towns: { seika: string; kawagoe: string; miyoshi: string; masuda: string };
  /** The stand-in identity provider, deliberately on another site than the towns. */
  idp: string;
  /** The stand-in Stripe. */
  stripe: string;
  /** The page on which the stand-in mailbox shows what was sent. */
  mailbox: string;
}

const file =
  process.env["YORIAI_ADDRESSES"] ??
  fileURLToPath(new URL("../.demo/addresses.json", import.meta.url));

function read(): Addresses {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Addresses;
  } catch (cause) {
    throw new Error(`Nothing seems to run: ${file} is missing. Start \`cargo demo\` first.`, {
      cause,
    });
  }
}

export const addresses = read();

// The official Node SDK drives the stand-in Stripe, and its raw answers are written down as
// TypeScript for `tsc` to judge: node check.mjs URL RECORD.ts
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import Stripe from "stripe";

const url = new URL(process.argv[2]);
const recordPath = process.argv[3];
const stripe = new Stripe("sk_test_node", {
  protocol: "http",
  host: url.hostname,
  port: url.port,
  maxNetworkRetries: 0,
  telemetry: false,
});

const checks = [];
const check = (name, run) => checks.push({ name, run });

async function control(path, body, method = body === undefined ? "GET" : "POST") {
  const answer = await fetch(new URL(`/_control/${path}`, url), {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answer.json();
}

const params = (amount = 1200, more = {}) => ({
  mode: "payment",
  success_url: "https://seika.example/paid?s={CHECKOUT_SESSION_ID}",
  cancel_url: "https://seika.example/back",
  metadata: { payment_id: "p-1" },
  line_items: [
    {
      quantity: 1,
      price_data: { currency: "jpy", unit_amount: amount, product_data: { name: "川越町 会議室" } },
    },
  ],
  ...more,
});

const create = (amount, more) => stripe.checkout.sessions.create(params(amount, more));

async function paid(amount, how = {}) {
  const session = await create(amount);
  await control(`sessions/${session.id}/pay`, how);
  return stripe.checkout.sessions.retrieve(session.id);
}

check("a session can be created, paid and retrieved", async () => {
  const session = await create(1200);
  assert.equal(session.status, "open");
  assert.equal(session.payment_intent, null);
  await control(`sessions/${session.id}/pay`, { method: "paypay" });
  const again = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge", "line_items"],
  });
  assert.equal(again.payment_status, "paid");
  assert.equal(again.payment_intent.latest_charge.payment_method_details.type, "paypay");
  assert.equal(again.line_items.data[0].amount_total, 1200);
});

check("an open session expires and a closed one refuses", async () => {
  const session = await create();
  assert.equal((await stripe.checkout.sessions.expire(session.id)).status, "expired");
  await assert.rejects(stripe.checkout.sessions.expire(session.id), { statusCode: 400 });
});

check("the list turns its pages", async () => {
  const made = [];
  for (let n = 0; n < 3; n += 1) made.push((await create()).id);
  const seen = [];
  for await (const session of stripe.checkout.sessions.list({ limit: 2 })) seen.push(session.id);
  assert.deepEqual(seen.slice(0, 3), made.reverse());
});

check("refunds are partial up to the charge", async () => {
  const { payment_intent } = await paid(1000);
  await stripe.refunds.create({ payment_intent, amount: 400 });
  await assert.rejects(stripe.refunds.create({ payment_intent, amount: 601 }), { param: "amount" });
  await stripe.refunds.create({ payment_intent });
  await assert.rejects(stripe.refunds.create({ payment_intent }), {
    code: "charge_already_refunded",
  });
});

check("the same key replays, other parameters are refused", async () => {
  const idempotencyKey = randomUUID();
  const first = await stripe.checkout.sessions.create(params(700), { idempotencyKey });
  const again = await stripe.checkout.sessions.create(params(700), { idempotencyKey });
  assert.equal(again.id, first.id);
  await assert.rejects(
    stripe.checkout.sessions.create(params(800), { idempotencyKey }),
    Stripe.errors.StripeIdempotencyError,
  );
});

check("the error classes are the SDK's own", async () => {
  await assert.rejects(create(49), { type: "StripeInvalidRequestError", code: "amount_too_small" });
  await assert.rejects(create(1200, { payment_method_types: ["card"] }), {
    code: "payment_method_types_no_longer_supported",
  });
  await control("faults", { on: "balance.retrieve", do: "rate_limited" });
  await assert.rejects(stripe.balance.retrieve(), Stripe.errors.StripeRateLimitError);
  // The SDK tries a closed connection once more whatever it was told about retries.
  await control("faults", { on: "balance.retrieve", do: "drop_connection", times: 2 });
  await assert.rejects(stripe.balance.retrieve(), Stripe.errors.StripeConnectionError);
  await control("faults", { on: "balance.retrieve", do: "error_500" });
  await assert.rejects(stripe.balance.retrieve(), Stripe.errors.StripeAPIError);
});

check("webhooks carry signatures that the SDK accepts", async () => {
  const letters = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    letters.push([Buffer.concat(parts), request.headers["stripe-signature"]]);
    response.writeHead(200).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const secrets = ["whsec_node"];
  const target = `http://127.0.0.1:${server.address().port}/`;
  await control("webhooks/endpoint", { url: target, secrets });
  await control("webhooks/mode", { mode: "duplicate", copies: 2 });
  const session = await paid(600);
  await control("webhooks/settle", {});
  await control("webhooks/mode", { mode: "lose" });
  server.close();
  const events = letters.map(([body, header]) =>
    stripe.webhooks.constructEvent(body, header, secrets[0]),
  );
  const completed = events.filter((event) => event.type === "checkout.session.completed");
  assert.equal(completed.length, 2);
  assert.equal(completed[0].id, completed[1].id);
  assert.equal(completed[0].data.object.id, session.id);
  const [body, header] = letters[0];
  assert.throws(
    () => stripe.webhooks.constructEvent(body, header, "whsec_wrong"),
    Stripe.errors.StripeSignatureVerificationError,
  );
});

// --- what the types say ------------------------------------------------------------------------

async function raw(path, form) {
  const answer = await fetch(new URL(`/v1/${path}`, url), {
    method: form ? "POST" : "GET",
    headers: { authorization: "Bearer sk_test_node" },
    body: form ? new URLSearchParams(form) : undefined,
  });
  return answer.json();
}

/** `Decimal` is a class of the SDK: the wire carries a string, which the type cannot know. */
const withoutDecimals = (_, value) => {
  if (value && typeof value === "object" && "unit_amount_decimal" in value) {
    return { ...value, unit_amount_decimal: null };
  }
  return value;
};

check("every kind of answer is written down for the type checker", async () => {
  const lines = ['import type Stripe from "stripe";'];
  const record = (type, value) => {
    const text = JSON.stringify(value, withoutDecimals, 2);
    lines.push(`export const answer${lines.length}: ${type} = ${text};`);
  };
  const since = (await control("clock")).now - 1;
  const open = await create(1500, { locale: "ja", customer_email: "taro@example.jp" });
  record("Stripe.Checkout.Session", await raw(`checkout/sessions/${open.id}?expand[]=line_items`));
  for (const how of [{}, { method: "paypay" }, { method: "konbini" }, { card: "4000000000000002" }]) {
    const session = await paid(1500, how);
    const path = `checkout/sessions/${session.id}`;
    record("Stripe.Checkout.Session", await raw(`${path}?expand[]=payment_intent.latest_charge`));
    record("Stripe.PaymentIntent", await raw(`payment_intents/${session.payment_intent}`));
  }
  const gone = await create(1500);
  record("Stripe.Checkout.Session", await raw(`checkout/sessions/${gone.id}/expire`, {}));
  const session = await paid(1500);
  const refund = await raw("refunds", { payment_intent: session.payment_intent, amount: "500" });
  record("Stripe.Refund", refund);
  await control(`refunds/${refund.id}`, { status: "failed" });
  record("Stripe.Refund", await raw(`refunds/${refund.id}`));
  await control("refunds/begin", { status: "pending" });
  record("Stripe.Refund", await raw("refunds", { payment_intent: session.payment_intent }));
  await control("refunds/begin", { status: "succeeded" });
  record("Stripe.ApiList<Stripe.Charge>", await raw("charges"));
  record("Stripe.ApiList<Stripe.LineItem>", await raw(`checkout/sessions/${open.id}/line_items`));
  record("Stripe.Balance", await raw("balance"));
  record("Stripe.ApiList<Stripe.BalanceTransaction>", await raw("balance_transactions"));
  const { data: events } = await raw(`events?limit=100&created[gte]=${since}`);
  const kinds = new Map(events.map((event) => [event.type, event]));
  assert.ok(kinds.size >= 12, `only ${kinds.size} kinds of events`);
  for (const event of kinds.values()) record("Stripe.Event", event);
  await writeFile(recordPath, `${lines.join("\n")}\n`);
});

let failed = 0;
for (const { name, run } of checks) {
  try {
    await run();
    console.log(`ok      node: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  node: ${name}: ${error.message}`);
  } finally {
    await control("faults", undefined, "DELETE");
  }
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

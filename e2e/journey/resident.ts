// What a resident does, step by step, as a person would: by the words on the page.
import { expect, type APIResponse, type Locator, type Page, type Response } from "@playwright/test";

import { hydrated } from "../fixtures.ts";

/** Signs in with the card of `name` and gives mail and phone where they are still missing. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "マイナンバーカードでログインする" }).click();
  await expect(page.getByRole("heading", { name: "カードを選んでください" })).toBeVisible();
  await page.getByRole("button", { name }).first().click();
  await page.waitForURL(/localhost/);
  await giveContact(page);
}

/** Gives mail and phone where they are asked for. */
async function giveContact(page: Page): Promise<void> {
  if (new URL(page.url()).pathname !== "/profile") return;
  await page.getByLabel("メールアドレス").fill("hanako@example.jp");
  await page.getByLabel("電話番号").fill("090-1234-5678");
  await page.getByRole("button", { name: /保存/ }).click();
}

/** Opens the sign-in page itself and signs in. */
export async function signInAt(page: Page, town: string, name: string): Promise<void> {
  await page.goto(`${town}/sign-in`);
  await signIn(page, name);
}

/** A card that was made for a test, of somebody whom no other test knows. */
export interface OwnCard {
  name: string;
  address: string;
  /** `20100501` */
  birthdate: string;
}

/** Addresses in the towns, and one that is in neither. */
export const HOME = {
  seika: "京都府相楽郡精華町大字見本１番地",
  kawagoe: "三重県三重郡川越町大字見本１番地",
  elsewhere: "滋賀県大津市見本町１番１号",
};

/** Somebody new; of age, unless something else is said. */
export function somebody(address: string, birthdate = "19850315"): OwnCard {
  const letters = [..."あいうえおかきくけこさしすせそた"];
  const given = crypto.randomUUID().replaceAll("-", "").slice(0, 12);
  const name = [...given].map((digit) => letters[Number.parseInt(digit, 16)]).join("");
  return { name: `見本　${name}`, address, birthdate };
}

/** Opens the sign-in page and signs in with a card that is made on the spot. */
export async function signInWith(page: Page, town: string, card: OwnCard): Promise<void> {
  await page.goto(`${town}/sign-in`);
  await page.getByRole("button", { name: "マイナンバーカードでログインする" }).click();
  await page.getByText("カードを自分で作る").click();
  await page.getByLabel("氏名").fill(card.name);
  await page.getByLabel("住所").fill(card.address);
  await page.getByLabel("生年月日").fill(card.birthdate);
  await page.getByRole("button", { name: "作ったカードを使う" }).click();
  await page.waitForURL(/localhost/);
  await giveContact(page);
}

/** Signs out, wherever one is. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "ログアウト" }).click();
  await expect(page.getByRole("link", { name: "ログイン" })).toBeVisible();
}

/** Gives back a reservation that nothing was paid for. */
export async function giveUp(page: Page, reservation: string): Promise<void> {
  await page.goto(`${reservation}/cancel`);
  await page.getByRole("button", { name: "この予約を取り消す" }).click();
  await expect(page.getByText("予約を取り消しました")).toBeVisible();
}

/** The address of the reservation whose confirmation or payment page is open. */
export function reservationOf(page: Page): string {
  const [, place, id] = new URL(page.url()).pathname.split("/");
  expect(place).toBe("reservations");
  return `${new URL(page.url()).origin}/reservations/${id}`;
}

/** Presses what posts a form, and gives the answer to the post itself. */
export async function post(page: Page, button: Locator): Promise<Response> {
  // By the request, which the page keeps: a response of an earlier page may be forgotten by now.
  const sent = page.waitForRequest((each) => each.method() === "POST");
  await button.click();
  const answer = await (await sent).response();
  if (answer === null) throw new Error("the post was not answered");
  return answer;
}

/** The card numbers of Stripe's test mode, as the hosted page shows them. */
export const CARD = { accepted: "4242 4242 4242 4242", declined: "4000 0000 0000 0002" };

/** Pays on the stand-in's hosted page, with the card number that is accepted if none is said. */
export async function payByCard(page: Page, number: string = CARD.accepted): Promise<void> {
  await expect(page.locator("#card_number")).toBeVisible();
  await page.locator("#email").fill("hanako@example.jp");
  await page.locator("#card_number").fill(number);
  await page.locator("#expiry").fill("12 / 40");
  await page.locator("#cvc").fill("123");
  await page.locator("#name").fill("HANAKO YAMADA");
  await page.getByRole("button", { name: /円を支払う|￥.*を支払う|¥.*を支払う/ }).click();
}

/** A day so many days from today in Japan, `2026-12-01`. */
export function dayFromToday(days: number): string {
  const japan = new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000);
  return japan.toISOString().slice(0, 10);
}

/** After a press that leads to one of our pages: its islands live. */
export async function arrived(page: Page, javaScript: boolean): Promise<void> {
  await page.waitForLoadState("domcontentloaded");
  await hydrated(page, javaScript);
}

/**
 * Gets a file as the page's own browser would. Node does not know that every `*.localhost` is this
 * machine, so the name goes into the Host header and the cookies along.
 */
export async function fetchFile(page: Page, href: string): Promise<APIResponse> {
  const url = new URL(href, page.url());
  const cookies = await page.context().cookies(url.href);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const here = `http://127.0.0.1:${url.port}${url.pathname}${url.search}`;
  return page.request.get(here, { headers: { host: url.host, cookie } });
}

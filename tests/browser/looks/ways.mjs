// What is opened in the window, and what is done there, for the states of the album.

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{ name: string, query: string, act?: (page: Page) => Promise<void>, sees?: string | RegExp }} State */

/** @param {string} name @param {string} query @param {State["act"]} [act] @returns {State} */
export const state = (name, query, act) => ({ name, query, ...(act ? { act } : {}) });

/** @param {string} keys @param {string} dialog */
export const keys = (keys, dialog) => async (/** @type {Page} */ page) => {
  await page.keyboard.press(keys);
  await page.getByRole("dialog", { name: dialog }).waitFor();
};

/** By the palette, which every width has. @param {string} command */
export const command = (command) => async (/** @type {Page} */ page) => {
  await keys("Control+Shift+P", "Go to anything")(page);
  await page.keyboard.type(command);
  await page.keyboard.press("Enter");
};

/** @param {string | RegExp} name @param {import("playwright-core").Locator | Page} within */
export const press = (within, name) => within.getByRole("button", { name }).first().click();

/** @param {Page} page */
export const dialog = (page) => page.getByRole("dialog").last();

/** @param {Page} page */
export async function browse(page) {
  await command("Add repository")(page);
  await press(dialog(page), "Browse…");
  await dialog(page).getByText("3 folders").waitFor();
}

/** @param {Page} page */
export async function share(page) {
  await press(page, /^Share/);
  await dialog(page).waitFor();
}

/** @param {Page} page */
export async function sideBar(page) {
  const menu = page.getByRole("button", { name: /^Show sessions/ });
  if (await menu.isVisible()) await menu.click();
}

/** @param {Page} page @param {"Changes" | "Files" | "Terminals"} what */
export async function toWork(page, what) {
  const both = page.getByRole("button", { name: "What is in this workspace" });
  if (await both.isVisible()) await both.click();
  await press(page, what);
}

/** @param {Page} page */
export async function changes(page) {
  await toWork(page, "Changes");
  await page.getByText("7 files changed").waitFor();
}

/** @param {Page} page */
export async function storeChanges(page) {
  await changes(page);
  await press(page.getByRole("navigation", { name: "Changed files" }), /store\.rs/);
  await page.getByRole("region", { name: "src/session/store.rs" }).getByText("tokens.forget").waitFor();
}

/** @param {Page} page */
export async function files(page) {
  await toWork(page, "Files");
  const tree = page.getByRole("tree", { name: "Files of this workspace" });
  await tree.getByRole("treeitem", { name: /^src/ }).click();
  await tree.getByRole("treeitem", { name: /^session/ }).click();
  return tree;
}

/** @param {Page} page */
export async function storeFile(page) {
  const tree = await files(page);
  await tree.getByRole("treeitem", { name: /^store\.rs/ }).click();
  const file = page.getByRole("region", { name: "src/session/store.rs" });
  await file.getByText("pub struct SessionStore").waitFor();
  return file;
}

/** @param {Page} page */
export async function editStore(page) {
  const file = await storeFile(page);
  await press(file, "Edit");
  const area = file.getByRole("textbox", { name: "Text of src/session/store.rs" });
  await area.fill((await area.inputValue()).replace("forget(session)", "forget_all(session)"));
  return file;
}

/** @param {string} name @param {string} entry @param way to where its row is */
export const ofWorkspace = (name, entry, way = sideBar) => async (/** @type {Page} */ page) => {
  await way(page);
  await press(page, `What to do with ${name}`);
  await page.getByRole("menuitem", { name: entry }).click();
  await dialog(page).waitFor();
};

/** @param {Page} page */
export async function archive(page) {
  await sideBar(page);
  await press(page.getByRole("group", { name: "Archive" }), /^Archive/);
}

/** No pane is in view by a part, and the one that keys go to is (WI12). @param {Page} page */
export async function wholePanes(page) {
  await page.waitForFunction(() => {
    const sizes = [...globalThis.document.querySelectorAll("[data-pane]")].map((pane) => {
      const [box, room] = [pane, pane.closest("main")].map((one) => one.getBoundingClientRect());
      const seen = Math.min(box.right, room.right) - Math.max(box.left, room.left);
      return { part: seen / box.width, here: pane.dataset.focused === "true" };
    });
    return sizes.every(({ part, here }) => part > 0.99 || (part < 0.01 && !here));
  });
}

/** @param {Page} page */
export async function fork(page) {
  await page.getByRole("button", { name: "What to do about a prompt" }).last().press("Enter");
  await press(page, "Fork from here…");
  await dialog(page).waitFor();
}

/** @param {Page} page */
export async function forkFiles(page) {
  await fork(page);
  await page.getByRole("radio", { name: /^In a new workspace/ }).check();
  await page.getByRole("textbox", { name: "Name of the workspace" }).waitFor();
}

export const FROM = "https://github.com/a-house-with-a-name/ledger-of-everybody-who-owes-somebody-something.git";

/** @param {Page} page */
export async function clone(page) {
  await command("add repository")(page);
  await press(dialog(page), "Clone an address");
  await page.getByRole("dialog").getByRole("textbox", { name: "Address to clone from" }).fill(FROM);
  await dialog(page).getByRole("button", { name: "Clone", exact: true }).click();
}

/** @param {string} text */
export const write = (text) => async (/** @type {Page} */ page) => page.getByRole("textbox", { name: "Message" }).fill(text);

import test from "node:test";
import { onStage } from "../support/stage.mjs";

test(
  "FI2 FI3 CH2 CH4 what the agent edits stands among the changes while it works, line by line",
  onStage(async (stage) => {
    const room = await stage.rehearsal();
    const { page } = room;
    await page.getByRole("button", { name: "Changes", exact: true }).click();
    await page.getByText("No file has changed").waitFor();

    await room.say("Make the greeting safe for nobody.");
    await room.press("src/greet.js", "Allow once");
    const files = page.getByRole("navigation", { name: "Changed files" });
    await files.getByRole("button", { name: /greet\.js/ }).click();
    const file = page.getByRole("region", { name: "src/greet.js", exact: true });
    await file.getByText('const name = given?.trim() || "friend";').waitFor();
    await file.getByRole("checkbox", { name: "Viewed" }).check();

    await file.getByRole("button", { name: /^Comment on: Line \d+$/ }).first().click();
    await file.getByRole("textbox", { name: "Comment" }).fill("Say who the friend is.");
    await page.keyboard.press("Control+Enter");
    await page.reload();
    await page.getByRole("button", { name: "1 comment", exact: true }).waitFor();
    await page.getByRole("button", { name: "1 comment on changes" }).waitFor();
    await page.getByRole("navigation", { name: "Changed files" }).getByRole("button", { name: /greet\.js/ }).click();
    await file.getByText("Say who the friend is.").waitFor();

    await room.press("Test the greeting", "Approve");
    await room.press("test/greet.test.js", "Allow once");
    await page.getByText("2 files changed").waitFor();
    await page.getByText("1 of 2 viewed").waitFor();
    await page.reload();
    await page.getByText("1 of 2 viewed").waitFor();
  }),
);

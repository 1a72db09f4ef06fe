import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { beginAnew, openWindow } from "../../dev/whole-window";
import { crumbsOf, waysTo } from "../features/folders/crumbs";
import { cloneWithin } from "../ui/source";

beginAnew();

const picker = () => within(screen.getByRole("dialog", { name: /^Choose a/ }));
const folders = () => picker().queryAllByRole("listitem").map((row) => row.querySelector("button")?.title);
const path = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

async function browse(how?: string) {
  const link = await openWindow();
  await userEvent.click(screen.getByRole("button", { name: "Add repository" }));
  if (how) await userEvent.click(screen.getByRole("button", { name: how }));
  await userEvent.click(screen.getByRole("button", { name: "Browse…" }));
  return link;
}

describe("looking through the folders of the host", () => {
  it("WI34 goes from folder to folder by keys, to a repository that is chosen", async () => {
    await browse();
    expect(folders()).toEqual(["/home/ada/code", "/home/ada/Documents", "/home/ada/Pictures"]);
    expect(document.activeElement).toBe(picker().getByRole("searchbox", { name: "Find a folder here" }));
    await userEvent.keyboard("co{Enter}");
    expect(folders()).toEqual(["/home/ada/code/archive", "/home/ada/code/ledger", "/home/ada/code/notes", "/home/ada/code/website"]);
    expect(within(picker().getByTitle("/home/ada/code/ledger")).getByText("repository")).toBeTruthy();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Tab}{Enter}");
    expect(screen.queryByRole("dialog", { name: /^Choose a/ })).toBeNull();
    expect(path("Path of a git repository on the host")).toBe("/home/ada/code/ledger");
  });

  it("WI34 goes up by a key, by the way that stands above, and home; hidden folders come when they are wanted", async () => {
    await browse();
    await userEvent.keyboard("{Backspace}");
    expect(folders()).toEqual(["/home/ada"]);
    await userEvent.click(picker().getByRole("button", { name: "/" }));
    expect(folders()).toEqual(["/etc", "/home", "/root"]);
    expect(picker().getByRole<HTMLButtonElement>("button", { name: "One folder up" }).disabled).toBe(true);
    await userEvent.click(picker().getByRole("button", { name: "Home folder" }));
    await userEvent.click(picker().getByRole("checkbox", { name: "Show hidden folders" }));
    expect(folders()).toContain("/home/ada/.config");
  });

  it("WI34 tells what was refused, and stays where it was", async () => {
    const link = await browse();
    await userEvent.click(picker().getByRole("button", { name: "/" }));
    await userEvent.click(picker().getByTitle("/root"));
    expect(picker().getByRole("alert").textContent).toContain("/root can't be read");
    expect(folders()).toEqual(["/etc", "/home", "/root"]);
    await userEvent.click(picker().getByTitle("/home"));
    expect(picker().queryByRole("alert")).toBeNull();
    expect(link.asked).toEqual([]);
  });

  it("WI34 chooses where a clone goes: a folder of its name in the one that was chosen", async () => {
    await browse("Clone an address");
    await userEvent.click(picker().getByRole("button", { name: "Cancel" }));
    await userEvent.type(screen.getByLabelText("Address to clone from"), "https://github.com/ada/ledger.git");
    await userEvent.click(screen.getByRole("button", { name: "Browse…" }));
    await userEvent.click(picker().getByTitle("/home/ada/code"));
    await userEvent.click(picker().getByRole("button", { name: "Choose this folder" }));
    expect(path("Into which folder of the host, if you like")).toBe("/home/ada/code/ledger");
    expect(["git@host:ada/x.git", "", "C:\\src\\one\\"].map((from) => cloneWithin("D:\\code", from))).toEqual(["D:\\code\\x", "D:\\code", "D:\\code\\one"]);
  });

  it("WI34 closes by Escape alone, and what was typed behind it stays", async () => {
    await browse("Clone an address");
    await userEvent.click(picker().getByRole("button", { name: "Cancel" }));
    await userEvent.type(screen.getByLabelText("Address to clone from"), "https://github.com/ada/ledger.git");
    await userEvent.click(screen.getByRole("button", { name: "Browse…" }));
    // What a browser makes of Escape in an open dialog.
    fireEvent(screen.getByRole("dialog", { name: /^Choose a/ }), new Event("cancel", { cancelable: true }));
    expect(screen.queryByRole("dialog", { name: /^Choose a/ })).toBeNull();
    expect(path("Address to clone from")).toBe("https://github.com/ada/ledger.git");
  });

  it("WI34 begins at what is there of a path that is written: in what it stands in, else at home", async () => {
    await browse();
    for (const [written, at] of [
      ["/home/ada/code/abacus", "/home/ada/code"],
      ["~/code", "/home/ada"],
      ["cod", "/home/ada"],
    ] as const) {
      await userEvent.click(picker().getByRole("button", { name: "Cancel" }));
      fireEvent.change(screen.getByLabelText("Path of a git repository on the host"), { target: { value: written } });
      await userEvent.click(screen.getByRole("button", { name: "Browse…" }));
      await waitFor(() => expect(picker().getByRole<HTMLButtonElement>("button", { name: "Choose this folder" }).disabled).toBe(false));
      expect(picker().queryByRole("alert")).toBeNull();
      await userEvent.click(picker().getByRole("button", { name: "Choose this folder" }));
      expect(path("Path of a git repository on the host")).toBe(at);
      await userEvent.click(screen.getByRole("button", { name: "Browse…" }));
    }
    expect(waysTo("C:\\src\\one")).toEqual(["C:\\src\\one", "C:\\src", "C:\\", null]);
    expect(waysTo(null)).toEqual([null]);
  });

  it("WI34 goes up once for a key that is held down, and not while a word is put together", async () => {
    await browse();
    const words = picker().getByRole("searchbox");
    fireEvent.keyDown(words, { key: "Backspace", repeat: true });
    fireEvent.keyDown(words, { key: "Backspace", isComposing: true });
    await userEvent.keyboard("{Shift}");
    expect(folders()).toContain("/home/ada/code");
  });

  it("WI34 goes one folder down by a double click", async () => {
    await browse();
    await userEvent.click(picker().getByRole("button", { name: "/" }));
    await userEvent.dblClick(picker().getByTitle("/home"));
    expect(folders()).toEqual(["/home/ada"]);
    await act(async () => fireEvent.click(picker().getByTitle("/home/ada"), { detail: 2 }));
    expect(folders()).toEqual(["/home/ada"]);
  });

  it("WI34 knows the paths of either system", () => {
    const ways = (of: string) => crumbsOf(of).map((one) => one.path);
    expect(ways("/home/ada")).toEqual(["/", "/home", "/home/ada"]);
    expect(ways("C:\\Users\\ada")).toEqual(["C:\\", "C:\\Users", "C:\\Users\\ada"]);
  });
});

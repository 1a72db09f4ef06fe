import { describe, expect, it } from "vitest";
import type { ToolCall } from "../../gen/ToolCall";
import { toolWords } from "./tool-words";

const call = (kind: ToolCall["kind"], title: string, input = "{}", paths: string[] = []): ToolCall => ({
  kind,
  title,
  input: { text: input, bytes: input.length },
  paths,
});

describe("the words of a tool call", () => {
  it.each([
    [call("read", "Read src/greet.js"), "src/greet.js"],
    [call("read", "src/readme.md"), "src/readme.md"],
    [call("read", "readme.md"), "readme.md"],
    [call("edit", "Edit src/greet.js"), "src/greet.js"],
    [call("edit", "write", "{}", ["w.txt"]), "w.txt"],
    [call("search", "Search for “token”"), "“token”"],
    [call("execute", "`npm test`"), "npm test"],
    [call("execute", "Run npm test"), "npm test"],
    [call("execute", "bash", '{"command":"npm test"}'), "npm test"],
    [call("execute", "bash build.sh"), "bash build.sh"],
    [call("execute", "Terminal"), "Terminal"],
    [call("fetch", "Fetch"), "Fetch"],
  ])("say the verb once: %o", (of, thing) => {
    expect(toolWords(of)).toEqual({ verb: true, thing });
  });

  it("leave a sentence as it is and put a verb before a name", () => {
    expect(toolWords(call("switch_mode", "Approve Plan"))).toEqual({ verb: false, thing: "Approve Plan" });
    expect(toolWords(call("other", "mcp__tracker__list"))).toEqual({ verb: true, thing: "mcp__tracker__list" });
  });

  it("keep the verb alone where the start is not known", () => {
    expect(toolWords(call("other", ""))).toEqual({ verb: false, thing: "" });
  });
});

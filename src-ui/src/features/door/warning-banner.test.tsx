import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { WarningBanner } from "./warning-banner";

afterEach(cleanup);

describe("what is wrong with the host", () => {
  it("sh1_is_said_to_the_owner_in_the_hosts_own_words", () => {
    render(<WarningBanner warnings={["Guests now reach this host on 7444.", "The log was changed from outside."]} />);
    const said = screen.getAllByRole("alert").map((alert) => alert.textContent);
    expect(said).toEqual(["Guests now reach this host on 7444.", "The log was changed from outside."]);
  });

  it("takes no room when nothing is", () => {
    const { container } = render(<WarningBanner warnings={[]} />);
    expect(container.childElementCount).toBe(0);
  });
});

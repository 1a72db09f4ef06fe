// @vitest-environment node
import { describe, expect, it } from "vitest";
import { doorOf } from "./door";

const host = "192.168.1.20:7421";
const key = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

describe("the host that a guest's page is about", () => {
  it("PA11 is told by its address and by the fingerprint in the invite, as the host writes it", () => {
    const fragment = `#1.7421.${key}.0c8d3f0e-0000-4000-8000-000000000001.s3cret-_.192.168.1.20`;
    const fingerprint = "e3b0 c442 98fc 1c14 9afb f4c8 996f b924 27ae 41e4 649b 934c a495 991b 7852 b855";
    expect(doorOf({ host, fragment })).toEqual({ address: host, fingerprint });
  });

  it.each(["", "#", "#i=1&s=2", "#1.7421", "#1.7421.short.i.s.a", "#1.7421.!!.i.s.a"])("has no fingerprint by %s", (fragment) => {
    expect(doorOf({ host, fragment })).toEqual({ address: host, fingerprint: null });
  });
});

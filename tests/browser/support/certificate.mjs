// A certificate such as an owner gets from an authority, for browsers to check the host by.

import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];

/**
 * Has the host shown to browsers by a certificate for `localhost`: links of invites lead there, and guests who come by them
 * are verified.
 * @param {import("./stage.mjs").Stage} stage
 */
export async function bringCertificate(stage) {
  const at = (name) => path.join(stage.folder, name);
  const authority = [at("authority.pem"), at("authority-key.pem")];
  const own = [at("host.pem"), at("host-key.pem")];
  const make = (name, [chain, key], ...more) => run("openssl", ["req", "-x509", ...KEY, "-subj", `/CN=${name}`, "-out", chain, "-keyout", key, ...more]);
  await make("An authority", authority);
  await make("localhost", own, "-CA", authority[0], "-CAkey", authority[1], "-addext", "subjectAltName=DNS:localhost");
  await stage.host.conclave("certificate", "use", ...own);
}

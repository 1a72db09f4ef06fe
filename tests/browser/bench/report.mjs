// The rows of a run, as the benchmarks of the host write theirs: `{name, value, unit, baseline, ratio}`.

/** @typedef {import("./ui.mjs").Figures} Figures */

export class Report {
  /** @type {{ name: string, value: number, unit: string, baseline: number | null, ratio: number | null, wanted: number | null }[]} */
  rows = [];

  /** @param {Figures} ours @param {Figures} plain */
  add(ours, plain) {
    for (const [name, { value, unit, wanted = null }] of Object.entries(ours)) {
      const baseline = plain[name]?.value ?? null;
      const ratio = baseline ? value / baseline : null;
      this.rows.push({ name, value, unit, baseline, ratio, wanted });
    }
  }

  print() {
    const width = Math.max(...this.rows.map(({ name }) => name.length));
    console.log(`${"".padEnd(width)}  ${"ours".padStart(14)}  ${"every row drawn".padStart(16)}  ratio  wanted`);
    for (const { name, value, unit, baseline, ratio, wanted } of this.rows) {
      const cells = [`${round(value)} ${unit}`.padStart(14), `${round(baseline)} ${unit}`.padStart(16), round(ratio).padStart(5)];
      console.log(`${name.padEnd(width)}  ${cells.join("  ")}  ${wanted === null ? "" : `≤ ${wanted} ${value <= wanted ? "✓" : "missed"}`}`);
    }
  }
}

/** @param {number | null} value */
function round(value) {
  if (value === null) return "–";
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

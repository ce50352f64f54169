/**
 * What the pure rooms beside understanding cost, each beside a floor in the same run: the compliance check of agents' lines
 * (floor: one pass over the text by a plain regular expression of as many words), of long texts (four times the text should
 * take about four times as long), and who is on duty at a moment. `node test/bench/rooms.mjs` after a build.
 */
import { check, compileRules } from '../../dist/compliance/check.js';
import { loadRules } from '../../dist/compliance/load-rules.js';
import { dutyAt } from '../../dist/policy/schedule.js';

const rounds = 9;
const compiled = compileRules(await loadRules());
const lines = (await loadRules()).flatMap(({ examples }) => [...examples.pass, ...examples.fail].map((one) => one.text ?? one));
const all = lines.join('。');
const cut = (length) => Array.from({ length: 300 }, (_, at) => all.slice((at * 37) % (all.length - length)).slice(0, length));
const floor = new RegExp(
  [...new Set(lines.map((line) => line.slice(0, 2)))].filter((word) => /^\p{L}+$/u.test(word)).join('|'),
  'g',
);

/** Median microseconds of one call over all texts. */
function microseconds(texts, work) {
  const runs = Array.from({ length: rounds }, () => {
    const began = performance.now();
    for (const text of texts) work(text);
    return ((performance.now() - began) * 1000) / texts.length;
  });
  return runs.sort((a, b) => a - b)[rounds >> 1];
}

const row = (name, mine, its) =>
  console.log(
    `${name.padEnd(44)} ${mine.toFixed(2).padStart(10)} µs   floor ${its.toFixed(2).padStart(8)} µs   ${(mine / its).toFixed(1)} x`,
  );
for (const length of [20, 128, 200]) {
  const texts = cut(length);
  for (let warm = 0; warm < 5; warm++) for (const text of texts) check(text, {}, compiled);
  row(
    `check ${length} characters`,
    microseconds(texts, (text) => check(text, {}, compiled)),
    microseconds(texts, (text) => text.match(floor)),
  );
}
for (const part of ['包邮', '发票不', '满95元', '13800138000 ', all.slice(0, 500)]) {
  const text = part.repeat(Math.ceil(20_000 / part.length)).slice(0, 20_000);
  row(
    `check 80,000 characters of ${part.slice(0, 5)}… (floor: a quarter of it)`,
    microseconds([text.repeat(4)], (long) => check(long, {}, compiled)),
    microseconds([text], (short) => check(short, {}, compiled)),
  );
}
const day = ['09:00-12:00', '14:00-22:30'];
const hours = { weekly: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: [] } };
const start = Date.parse('2026-08-05T00:00:00+08:00');
const moments = Array.from({ length: 100_000 }, (_, at) => start + at * 40_000);
row(
  'who is on duty',
  microseconds(moments, (at) => dutyAt(hours, 'Asia/Shanghai', undefined, at)),
  microseconds(moments, (at) => new Date(at).getUTCHours()),
);

/** `zaima check`: all files, all faults, and nothing but them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { mustBeBuilt, zaima } from './command.js';
import { type HomeCopy, homeCopy } from './home.js';

let home: HomeCopy;
let dataDir: string;
beforeAll(() => {
  mustBeBuilt();
  home = homeCopy(true);
  dataDir = mkdtempSync(join(tmpdir(), 'zaima-check-'));
});
afterAll(() => {
  home.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe.concurrent('zaima check', () => {
  it('is content with the project as it is', async ({ expect }) => {
    const { code, lines, stderr } = await zaima(['check'], { dataDir });
    expect([code, stderr]).toEqual([0, '']);
    // From November on the next year's holidays may be unknown to this version, which is not the project's fault.
    const others = lines.filter(
      (line) => !/^warn {2}config\/shops\/demo\.yaml(:\d+)? hours\.holidays: the holidays of \d+ /.test(line),
    );
    expect(others).toEqual([expect.stringMatching(/^(1 shop|\d+ shops), \d+ intents: 0 errors, (0 warnings|1 warning)$/)]);
  });

  it('tells every fault of a broken home at once and ends with 1', async ({ expect }) => {
    home.change('intents/courier.yaml', /^group:/m, 'colour: red\ngroup:');
    home.remove('intents/cod.yaml');
    home.write('config/service.yaml', 'langage: zh\n');
    home.change('intents/wholesale.yaml', /^patterns:/m, "patterns:\n  - '(批发'");
    home.change('intents/wholesale.yaml', /^group:/m, 'colour: red\ngroup:');
    home.write('intents/broken1.yaml', 'id: other_name\ntitle: { zh: 别的, en: Other }\ntests: { yes: [没有人这样说的话] }\n');
    home.changeShop((shop) => {
      shop.hours.weekly.mon = ['09:00-25:00'];
      shop.shipping.freeExcludes = ['疆新'];
    });
    home.write('intents/warranty.yaml', 'id: [warranty\n');
    const { code, lines } = await zaima(['check'], {
      dataDir,
      home: home.folder,
      environment: { PORT: 'many', DEMO_WEBHOOK_SECRET: 'x' },
    });
    expect(code).toBe(1);
    const errors = lines.filter((line) => line.startsWith('error '));
    const line = (path: string, words: string) => `${path}:${home.lineOf(path, words)}`;
    expect(errors).toEqual(
      expect.arrayContaining(
        [
          `${line('intents/courier.yaml', 'colour')} colour: is not a known key`,
          `${line('config/shops/demo.yaml', '- 09:00-25:00')} hours.weekly.mon[0]: has not the right form`,
          'intents/warranty.yaml:1: is not valid YAML: the [ of this line is never closed',
          'intents/cod.yaml: this intent has no file',
          `${line('intents/wholesale.yaml', "- '(批发'")} patterns[0]: `,
          `${line('intents/wholesale.yaml', 'colour')} colour: is not a known key`,
          'intents/broken1.yaml:1 id: the id "other_name" differs',
          'freeExcludes[0]: "疆新" is no place',
          'environment PORT: has a value that is not allowed. write a port from 0 to 65535',
          'environment DEMO_WEBHOOK_SECRET: ',
          'config/service.yaml:1 langage: is not a known key',
        ].map((place) => expect.stringContaining(place)),
      ),
    );
    expect(lines.at(-1)).toContain(`: ${errors.length} errors`);
  });
});

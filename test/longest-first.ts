/**
 * The order in which files are run: those that take long begin, so that both workers end together. A fresh checkout knows no durations,
 * and Vitest would go by the size of the files.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** From 15 seconds on, the longest first. */
const long = [
  'browser/every-page',
  'durability/kill',
  'cli/settings',
  'browser/settings',
  'browser/products',
  'browser/desk-talk',
  'browser/desk-hand',
  'browser/desk-reach',
  'stories-calendar',
  'cli/server',
  'stories-knowledge',
  'browser/desk',
  'browser/webchat',
  'durability/kill-connect',
  'durability/kill-step-in',
  'browser/sidebar',
  'browser/try',
  'browser/phrases',
  'browser/desk-rounds',
  'stories-shipping',
  'stories',
  'stories-compliance',
  'stories-after-sale',
  'browser/variables',
  'shop/knowledge',
  'stories-switches',
  'stories-sale',
  'composing/replies',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at === -1 ? long.length : at;
    };
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other));
  }
}

/** How characters are read. The table takes a tenth of a second to load, so it is loaded when somebody first searches. */

/** Readings of one character in letters without tones, all that it has; none: it is no 汉字. */
export type Readings = (character: string) => readonly string[];

let loading: Promise<Readings> | undefined;

/** Loaded once a process. */
export function loadReadings(): Promise<Readings> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Readings> {
  const { pinyin } = await import('pinyin-pro');
  const known = new Map<string, readonly string[]>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const found = /\p{Script=Han}/u.test(character)
      ? pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true })
      : [];
    // A rare character that the table lacks comes back as itself.
    const readings = [...new Set(found.map((one) => one.toLowerCase()))].filter((one) => /^[a-z]+$/.test(one));
    known.set(character, readings);
    return readings;
  };
}

/** What a tag of Liquid means, as an owner says it: `{% if region %}` 如果有“寄到的地区”. Pure. */

/** How conditions are said in a language. */
export interface TagSayings {
  readonly if: (condition: string) => string;
  readonly unless: (condition: string) => string;
  readonly elsif: (condition: string) => string;
  readonly else: string;
  readonly end: string;
  readonly has: (name: string) => string;
  readonly is: (name: string, value: string) => string;
  readonly isNot: (name: string, value: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly and: string;
  readonly or: string;
}

/** What owners call things. */
export interface VariableNames {
  /** Undefined: there is no such variable. */
  readonly titleOf: (name: string) => string | undefined;
  /** What a word that a variable may be means (`out`: 缺货); undefined: no more than it says. */
  readonly meaningOf?: (name: string, value: string) => string | undefined;
}

/**
 * @param tag whole, with its braces
 * @returns undefined for what is seldom written: that is shown as it stands
 */
export function tagWords(tag: string, say: TagSayings, names: VariableNames): string | undefined {
  const [, keyword = '', condition = ''] = /^\{%-?\s*(\w+)\s*(.*?)\s*-?%\}$/s.exec(tag) ?? [];
  switch (keyword) {
    case 'if':
    case 'unless':
    case 'elsif': {
      const words = conditionWords(condition, say, names);
      return words && say[keyword](words);
    }
    case 'else':
      return say.else;
    case 'endif':
    case 'endunless':
      return say.end;
    default:
      return undefined;
  }
}

function conditionWords(condition: string, say: TagSayings, { titleOf, meaningOf }: VariableNames): string | undefined {
  const parts = condition.split(/\s+(and|or)\s+/);
  const told = parts.map((part, at) => {
    if (at % 2 === 1) return part === 'and' ? say.and : say.or;
    const [, name, sign, value] = /^([a-z_][a-z0-9_]*)(?:\s*(==|!=)\s*(.+))?$/.exec(part.trim()) ?? [];
    if (name === undefined) return undefined;
    const title = titleOf(name) ?? name;
    if (sign === undefined || (sign === '==' && value === 'true')) return say.has(title);
    const bare = value!.replace(/^(['"])(.*)\1$/, '$2');
    const isQuoted = bare !== value;
    // Without quotes it is yes, no, a number or another variable.
    const meant = isQuoted ? meaningOf?.(name, bare) : bare === 'true' ? say.yes : bare === 'false' ? say.no : titleOf(bare);
    return sign === '==' ? say.is(title, meant ?? bare) : say.isNot(title, meant ?? bare);
  });
  return told.includes(undefined) ? undefined : told.join('');
}

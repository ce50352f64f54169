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
  readonly and: string;
  readonly or: string;
}

/**
 * @param tag whole, with its braces
 * @param titleOf what a variable is called; undefined: it is not known
 * @returns undefined for what is seldom written: that is shown as it stands
 */
export function tagWords(tag: string, say: TagSayings, titleOf: (name: string) => string | undefined): string | undefined {
  const [, keyword = '', condition = ''] = /^\{%-?\s*(\w+)\s*(.*?)\s*-?%\}$/s.exec(tag) ?? [];
  switch (keyword) {
    case 'if':
    case 'unless':
    case 'elsif': {
      const words = conditionWords(condition, say, titleOf);
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

function conditionWords(condition: string, say: TagSayings, titleOf: (name: string) => string | undefined): string | undefined {
  const parts = condition.split(/\s+(and|or)\s+/);
  const told = parts.map((part, at) => {
    if (at % 2 === 1) return part === 'and' ? say.and : say.or;
    const [, name, sign, value] = /^([a-z_][a-z0-9_]*)(?:\s*(==|!=)\s*(.+))?$/.exec(part.trim()) ?? [];
    if (name === undefined) return undefined;
    const title = titleOf(name) ?? name;
    if (sign === undefined || (sign === '==' && value === 'true')) return say.has(title);
    const bare = value!.replace(/^(['"])(.*)\1$/, '$2');
    return sign === '==' ? say.is(title, bare) : say.isNot(title, bare);
  });
  return told.includes(undefined) ? undefined : told.join('');
}

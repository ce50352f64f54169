/** A moment in few words, on the clock of the shop. */

/** 今天 18:20, 11月22日 18:20 */
export function whenWords(at: string | number, lang: 'zh' | 'en', timeZone?: string): string {
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone !== undefined && { timeZone }),
  }).format(new Date(at));
}
